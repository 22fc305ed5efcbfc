import { useSignal } from "@preact/signals";
import { cleaned } from "../../protocol/draft";
import type { Refused } from "../../protocol/problem";
import { BODY_CHARACTERS } from "../../protocol/wire";
import { Dialog } from "../parts/dialog";
import { Trouble } from "../parts/trouble";
import { addresseeOf } from "../store/addressee";
import type { Desk } from "../store/desk";
import { asRefused } from "../store/fetched";
import type { Thread } from "../store/thread";
import { titleOf } from "../words/people";

interface Props {
  desk: Desk;
  thread: Thread;
  onClose: () => void;
}

/** The team writes first: to a proved identity, or to the session in which a visitor is there now. */
export function StartDialog({ desk, thread, onClose }: Props) {
  const refusal = useSignal<Refused | null>(null);
  const client_id = useSignal(crypto.randomUUID());
  const person = thread.person.value.value;
  const addressee = person && addresseeOf(person);
  if (person === null || addressee === null) return null;

  const draft = desk.drafts.of(`start ${person.id}`).value.public;
  const write = (words: string) => {
    desk.drafts.write(`start ${person.id}`, "public", words);
    client_id.value = crypto.randomUUID();
  };
  const send = async (event: SubmitEvent) => {
    event.preventDefault();
    try {
      await desk.start({ ...addressee, body: cleaned(draft), client_id: client_id.value });
      write("");
      onClose();
    } catch (trouble) {
      refusal.value = asRefused(trouble);
    }
  };

  return (
    <Dialog title={`Write to ${titleOf(person).words}`} kind="start" onClose={onClose}>
      <form onSubmit={send}>
        <textarea
          rows={5}
          dir="auto"
          maxLength={BODY_CHARACTERS}
          required
          aria-label="First message"
          placeholder="Write the first message …"
          value={draft}
          onInput={(event) => write(event.currentTarget.value)}
        />
        <p class="hint">
          {"identity" in addressee
            ? "Seen by whoever proves to be this user of your site, now or later."
            : "Seen in this visitor's present session alone, and by nobody once it is over."}
        </p>
        {refusal.value !== null && <Trouble refusal={refusal.value} />}
        <button type="submit" class="primary" disabled={cleaned(draft) === ""}>
          Start
        </button>
      </form>
    </Dialog>
  );
}
