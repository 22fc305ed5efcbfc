import type { Contact } from "../../protocol/wire";
import { Confirm } from "../parts/confirm";
import { provedIdentitiesOf } from "../store/addressee";
import { blockablesOf, isBlocked } from "../store/blocks";
import type { Desk } from "../store/desk";
import type { Thread } from "../store/thread";
import { titleOf } from "../words/people";

/** What ends more than one session: an id that is nobody's any more, and whom the team does not want to hear. */
export function EndingButtons({ desk, person }: { desk: Desk; person: Contact }) {
  return (
    <>
      {provedIdentitiesOf(person).length > 0 && (
        <button
          type="button"
          class="quiet"
          aria-haspopup="dialog"
          onClick={() => (desk.sheet.value = "retire")}
        >
          Retire this user
        </button>
      )}
      {blockablesOf(person).length > 0 && (
        <button
          type="button"
          class="quiet"
          aria-haspopup="dialog"
          onClick={() => (desk.sheet.value = "block")}
        >
          {isBlocked(person) ? "Hear them again" : "Block"}
        </button>
      )}
    </>
  );
}

interface Props {
  desk: Desk;
  thread: Thread;
  onClose: () => void;
}

export function RetireDialog({ desk, thread, onClose }: Props) {
  const person = thread.person.value.value;
  if (person === null) return null;
  return (
    <Confirm
      title={`Retire ${titleOf(person).words}?`}
      act="Retire"
      onConfirm={() => desk.retire(provedIdentitiesOf(person))}
      onClose={onClose}
    >
      <p>
        They are signed out everywhere. What they wrote stays here, and nobody who comes to the chat opens it
        again. Whoever has their id or their address next is somebody new, and starts with nothing. This can't
        be taken back.
      </p>
    </Confirm>
  );
}

export function BlockDialog({ desk, thread, onClose }: Props) {
  const person = thread.person.value.value;
  if (person === null) return null;
  const { words } = titleOf(person);
  if (isBlocked(person)) {
    return (
      <Confirm
        title={`Hear ${words} again?`}
        act="Hear them again"
        onConfirm={() => desk.unblock(person)}
        onClose={onClose}
      >
        <p>What they wrote meanwhile comes back to the lists.</p>
      </Confirm>
    );
  }
  return (
    <Confirm title={`Block ${words}?`} act="Block" onConfirm={() => desk.block(person)} onClose={onClose}>
      <p>
        What they write stands under Blocked from now on, and in no other list. They notice nothing: they are
        answered as anybody is.
        {person.identities.length === 0 &&
          " Somebody who says the same address is not touched, nor is a new visit."}
      </p>
    </Confirm>
  );
}
