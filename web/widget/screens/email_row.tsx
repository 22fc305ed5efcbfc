import { useState } from "preact/hooks";
import { Refused } from "../../protocol/problem";
import { CLAIM_CHARACTERS } from "../../protocol/wire";
import type { Visit } from "../visit";
import { words } from "../words";

const SAID = {
  none: words.emailWhy,
  noted: words.emailNoted,
  wrong: words.emailWrong,
  failed: words.failed,
};

/** A claim: noted for the team, and answered alike whatever the address is. */
export function EmailRow({ visit }: { visit: Visit }) {
  const [answer, setAnswer] = useState<"none" | "noted" | "wrong" | "failed">("none");
  const [email, setEmail] = useState("");
  const leave = () =>
    visit.claim({ email: email.trim() }).then(
      () => setAnswer("noted"),
      (error) => setAnswer(error instanceof Refused && error.status === 422 ? "wrong" : "failed"),
    );
  if (answer === "noted") return <Status sentence={SAID.noted} />;
  if (visit.session.value?.contact.assurance !== "none") return null;
  return (
    <form
      class="email"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        leave();
      }}
    >
      <label for="email">{words.emailLabel}</label>
      <div class="row">
        <input
          id="email"
          type="email"
          autocomplete="email"
          maxLength={CLAIM_CHARACTERS}
          aria-describedby="email-why"
          aria-invalid={answer === "wrong"}
          value={email}
          onInput={({ currentTarget }) => setEmail(currentTarget.value)}
        />
        <button type="submit" class="button">
          Leave it
        </button>
      </div>
      <p id="email-why" class="quiet-text">
        {SAID[answer]}
      </p>
    </form>
  );
}

const Status = ({ sentence }: { sentence: string }) => (
  <p class="quiet-text" role="status">
    {sentence}
  </p>
);
