import { plain } from "../../protocol/markdown_parse";
import type { TeamConversation } from "../../protocol/wire";
import { TitleWords } from "../parts/identity";
import { Time } from "../parts/time";
import { pathTo, type View } from "../places";
import { titleIn } from "../words/people";

interface Props {
  conversation: TeamConversation;
  view: View;
  open: boolean;
}

/** One conversation in the list: who, when, and how it goes on. */
export function Line({ conversation, view, open }: Props) {
  const { id, unread, last_message, assignee, state } = conversation;
  return (
    <li>
      <a
        class={unread > 0 ? "line line-unread" : "line"}
        href={pathTo(view, id)}
        aria-current={open ? "true" : undefined}
      >
        <span class="line-head">
          <span class="line-dot" />
          <TitleWords title={titleIn(conversation)} />
          <Time at={last_message.sent_at} as="short" />
        </span>
        <span class="line-body">
          <span class="line-words" dir="auto">
            {last_message.author.kind === "teammate" && <b>{last_message.author.name ?? "Team"}: </b>}
            {plain(last_message.body)}
          </span>
          {unread > 0 && (
            <span class="badge">
              {unread}
              <span class="unseen"> unread</span>
            </span>
          )}
        </span>
        {(assignee !== null || state === "closed") && (
          <span class="line-foot">
            {state === "closed" && <span>Closed</span>}
            {assignee !== null && view !== "mine" && <span>{assignee.name}</span>}
          </span>
        )}
      </a>
    </li>
  );
}
