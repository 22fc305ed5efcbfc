import type { Desk } from "../store/desk";
import { VIEW_NAMES } from "../words/views";
import { ConversationList } from "./conversation-list";
import { SearchBox } from "./search-box";
import { Views } from "./views";

export function ListPane({ desk }: { desk: Desk }) {
  const title = desk.lists.found.value === null ? VIEW_NAMES[desk.view()] : "Found";
  return (
    <div class="list-pane">
      <Views desk={desk} />
      <section class="list" aria-labelledby="list-title">
        <header>
          <h1 id="list-title">{title}</h1>
          <SearchBox desk={desk} />
        </header>
        <ConversationList desk={desk} listing={desk.lists.shownIn(desk.view())} />
      </section>
    </div>
  );
}
