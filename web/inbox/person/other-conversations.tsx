import { plain } from "../../protocol/markdown_parse";
import type { Contact } from "../../protocol/wire";
import { Time } from "../parts/time";
import { pathTo } from "../places";
import { addresseeOf } from "../store/addressee";
import type { Desk } from "../store/desk";

interface Props {
  desk: Desk;
  open: string;
  person: Contact;
}

/** The contact's own, never those of somebody with the same address. */
export function OtherConversations({ desk, open, person }: Props) {
  const others = person.conversations.filter(({ id }) => id !== open);
  return (
    <section>
      <h3>Other conversations</h3>
      {others.length === 0 && <p class="hint">None.</p>}
      <ul class="rows">
        {others.map(({ id, last_message, state }) => (
          <li key={id}>
            <a href={pathTo(desk.view(), id)}>
              <span class="row-words" dir="auto">
                {plain(last_message.body)}
              </span>
              <span class="hint">
                <Time at={last_message.sent_at} as="short" />
                {state === "closed" && " · closed"}
              </span>
            </a>
          </li>
        ))}
      </ul>
      {addresseeOf(person) !== null && (
        <button
          type="button"
          class="quiet"
          aria-haspopup="dialog"
          onClick={() => (desk.sheet.value = "start")}
        >
          Start a conversation
        </button>
      )}
    </section>
  );
}
