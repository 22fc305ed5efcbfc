import { useLayoutEffect } from "preact/hooks";
import type { TeamConversationDetail } from "../../protocol/wire";
import { now } from "../clock";
import { focusThread, goBack, THREAD } from "../focus";
import { Icon } from "../parts/icon";
import { TitleWords } from "../parts/identity";
import type { Desk } from "../store/desk";
import { pageName } from "../words/pages";
import { titleIn } from "../words/people";
import { dayAndTime } from "../words/times";

interface Props {
  desk: Desk;
  conversation: TeamConversationDetail;
}

export function ThreadHead({ desk, conversation }: Props) {
  // With its first picture, and not after it: whoever writes at once would lose the keys.
  useLayoutEffect(focusThread, []);
  return (
    <header class="thread-head">
      <BackButton desk={desk} />
      <div class="thread-title">
        <h2 id={THREAD} tabIndex={-1}>
          <TitleWords title={titleIn(conversation)} />
        </h2>
        <p class="hint">{beginning(conversation)}</p>
      </div>
      <Assignee desk={desk} conversation={conversation} />
      <StateButton desk={desk} conversation={conversation} />
      <button
        type="button"
        class="icon-button person-button"
        aria-label="Who this is"
        aria-expanded={desk.personShown.value}
        onClick={() => (desk.personShown.value = !desk.personShown.value)}
      >
        <Icon name="person" />
      </button>
    </header>
  );
}

export function BackButton({ desk }: { desk: Desk }) {
  return (
    <button
      type="button"
      class="icon-button narrow-only"
      aria-label="Back to the list"
      onClick={() => goBack(desk)}
    >
      <Icon name="back" />
    </button>
  );
}

function beginning({ started_at, page, state, rating }: TeamConversationDetail): string {
  const began = `Began ${dayAndTime(started_at, now.value)}${page === null ? "" : ` on ${pageName(page)}`}`;
  const rated = rating === null ? "" : ` · rated ${rating} of 5`;
  return `${state === "closed" ? "Closed · " : ""}${began}${rated}`;
}

function Assignee({ desk, conversation }: Props) {
  const { assignee } = conversation;
  // Somebody who answers here no more, or who came after this page did.
  const isOther = assignee !== null && !desk.me.teammates.some(({ id }) => id === assignee.id);
  const assign = async (select: HTMLSelectElement) => {
    const isDone = await desk.assign(conversation, select.value || null);
    if (!isDone) select.value = assignee?.id ?? "";
  };
  return (
    <label class="assignee">
      <span class="unseen">Assigned to</span>
      <select value={assignee?.id ?? ""} onChange={(event) => assign(event.currentTarget)}>
        <option value="">Unassigned</option>
        {isOther && <option value={assignee.id}>{assignee.name}</option>}
        {desk.me.teammates.map(({ id, name }) => (
          <option key={id} value={id}>
            {id === desk.me.teammate.id ? `${name} (you)` : name}
          </option>
        ))}
      </select>
    </label>
  );
}

function StateButton({ desk, conversation }: Props) {
  const open = conversation.state === "open";
  return (
    <button
      type="button"
      class="quiet"
      aria-keyshortcuts="e"
      onClick={() => (open ? desk.close(conversation) : desk.reopen(conversation))}
    >
      {open ? "Close" : "Reopen"} <kbd>e</kbd>
    </button>
  );
}
