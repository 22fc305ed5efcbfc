import type { Contact } from "../../protocol/wire";
import { Icon } from "../parts/icon";
import { Skeleton } from "../parts/skeleton";
import { Trouble } from "../parts/trouble";
import type { Desk } from "../store/desk";
import type { Thread } from "../store/thread";
import { titleOf } from "../words/people";
import { Claims } from "./claims";
import { EndingButtons } from "./endings";
import { IdentityBadge } from "./identity-badge";
import { OtherConversations } from "./other-conversations";
import { Sessions } from "./sessions";
import { SignOutButton } from "./sign-out-everywhere";

/** Who this is: what is proved, what is only said, where they are, what else they wrote. */
export function PersonPane({ desk, thread }: { desk: Desk; thread: Thread }) {
  const person = thread.person.value.value;
  const refusal = thread.person.trouble.value;
  const unknown = thread.detail.trouble.value !== null && thread.contact.value === null;
  return (
    <aside class="person" aria-label="Who this is">
      <button
        type="button"
        class="icon-button person-back"
        aria-label="Back to the conversation"
        onClick={() => (desk.personShown.value = false)}
      >
        <Icon name="back" />
      </button>
      {refusal !== null && <Trouble refusal={refusal} retry={() => thread.person.refresh()} />}
      {person === null ? (
        refusal === null && !unknown && <Skeleton words="Loading the contact" lines={5} />
      ) : (
        <Person desk={desk} thread={thread} person={person} />
      )}
    </aside>
  );
}

function Person({ desk, thread, person }: { desk: Desk; thread: Thread; person: Contact }) {
  return (
    <>
      <h2>
        <bdi>{titleOf(person).words}</bdi>
      </h2>
      <IdentityBadge person={person} />
      <button
        type="button"
        class="quiet why-button"
        aria-haspopup="dialog"
        onClick={() => (desk.sheet.value = "why")}
      >
        Why? <span class="hint">What they see of their past, and why</span>
      </button>
      <Claims person={person} />
      <OtherConversations desk={desk} open={thread.id} person={person} />
      <Sessions desk={desk} sessions={person.sessions} />
      <SignOutButton desk={desk} person={person} />
      <EndingButtons desk={desk} person={person} />
    </>
  );
}
