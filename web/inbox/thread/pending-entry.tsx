import { Markdown } from "../../protocol/markdown";
import { Icon } from "../parts/icon";
import { sentence } from "../parts/trouble";
import type { Desk } from "../store/desk";
import type { Pending } from "../store/outbox";

/** A message on its way, or one that did not arrive: nothing is lost until the teammate says so. */
export function PendingEntry({ desk, pending }: { desk: Desk; pending: Pending }) {
  const { client_id, conversation, kind, body, refusal } = pending;
  const edit = () => {
    desk.outbox.remove(client_id);
    desk.drafts.append(conversation, kind, body);
  };
  return (
    <article class={kind === "note" ? "entry note pending" : "entry entry-ours pending"}>
      <div class={kind === "note" ? "" : "bubble"} dir="auto">
        <Markdown source={body} />
      </div>
      {refusal === null ? (
        <p class="entry-foot">Sending …</p>
      ) : (
        <p class="entry-foot not-sent" role="alert">
          <Icon name="alert" size={15} />
          <span>Not sent. {sentence(refusal)}</span>
          <button type="button" class="quiet" onClick={() => desk.outbox.retry(client_id)}>
            Try again
          </button>
          <button type="button" class="quiet" onClick={edit}>
            Edit
          </button>
        </p>
      )}
    </article>
  );
}
