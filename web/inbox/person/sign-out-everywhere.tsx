import type { Contact } from "../../protocol/wire";
import { Confirm } from "../parts/confirm";
import { provedIdentitiesOf } from "../store/addressee";
import type { Desk } from "../store/desk";
import type { Thread } from "../store/thread";
import { titleOf } from "../words/people";

/** For users alone: a lead is one session, and what ends it is its own. */
export function SignOutButton({ desk, person }: { desk: Desk; person: Contact }) {
  if (provedIdentitiesOf(person).length === 0) return null;
  return (
    <button
      type="button"
      class="quiet"
      aria-haspopup="dialog"
      onClick={() => (desk.sheet.value = "sign-out")}
    >
      Sign out everywhere
    </button>
  );
}

interface Props {
  desk: Desk;
  thread: Thread;
  onClose: () => void;
}

export function SignOutDialog({ desk, thread, onClose }: Props) {
  const person = thread.person.value.value;
  if (person === null) return null;
  const { words } = titleOf(person);
  return (
    <Confirm
      title={`Sign ${words} out everywhere?`}
      act="Sign out everywhere"
      onConfirm={() => desk.signOutEverywhere(provedIdentitiesOf(person))}
      onClose={onClose}
    >
      <p>
        Their chat is locked at once in every browser, and no proof that was made until now opens it again.
        Your site's own sign-in stays as it is: where they are still signed in, their next page proves them
        anew.
      </p>
    </Confirm>
  );
}
