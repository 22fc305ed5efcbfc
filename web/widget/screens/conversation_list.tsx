import { plain } from "../../protocol/markdown_parse";
import type { Conversation } from "../../protocol/wire";
import { authorOf } from "../messages";
import { shortStamp } from "../times";
import type { Visit } from "../visit";
import { Failed } from "./failed";

export function ConversationList({ visit }: { visit: Visit }) {
  const conversations = visit.conversations.value;
  const more = () => visit.loadMoreConversations();
  const failed = visit.hasFailed.value && <Failed retry={more} />;
  if (conversations.length === 0) return failed;
  const title = visit.isProved ? "Your conversations" : "This chat";
  return (
    <section class="conversations" aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {conversations.map((conversation) => (
          <li key={conversation.id}>
            <Line conversation={conversation} open={() => visit.open(conversation.id)} />
          </li>
        ))}
      </ul>
      {failed ||
        (visit.nextCursor.value !== null && (
          <button type="button" class="link" onClick={more}>
            Show earlier conversations
          </button>
        ))}
    </section>
  );
}

function Line({ conversation, open }: { conversation: Conversation; open: () => void }) {
  const { last_message: last, unread, state } = conversation;
  return (
    <button type="button" class={unread > 0 ? "line unread" : "line"} onClick={open}>
      <span class="said" dir="auto">
        {plain(last.body)}
      </span>
      <span class="meta">
        <span class="who">{authorOf(last)}</span>
        {state === "closed" && <span>Closed</span>}
        <time dateTime={last.sent_at}>{shortStamp(last.sent_at)}</time>
        {unread > 0 && <span class="count">{unread} new</span>}
      </span>
    </button>
  );
}
