import { useSignal } from "@preact/signals";

/** Who can't sign in on the site can prove a mailbox instead; what that opens is said before it is chosen. */
export function VisitorsQuestion() {
  const signIn = useSignal(true);
  return (
    <>
      <fieldset class="question">
        <legend>Do your visitors sign in on your site?</legend>
        <label>
          <input
            type="radio"
            name="visitors"
            value="sign in"
            checked={signIn.value}
            onChange={() => (signIn.value = true)}
          />
          Yes
        </label>
        <label>
          <input
            type="radio"
            name="visitors"
            value="do not"
            checked={!signIn.value}
            onChange={() => (signIn.value = false)}
          />
          No
        </label>
      </fieldset>
      {!signIn.value && <Mailbox />}
    </>
  );
}

const Mailbox = () => (
  <div class="question">
    <label>
      <input type="checkbox" name="history_from" value="mailbox" checked aria-describedby="mailbox-means" />
      Let them prove their mailbox with a code
    </label>
    <p id="mailbox-means" class="hint">
      Whoever can read that mailbox then sees the conversations that were written with it. Without it, past
      conversations stay closed to everybody.
    </p>
  </div>
);
