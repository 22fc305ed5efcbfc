import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { Refused } from "../../protocol/problem";
import * as words from "../words";

interface Props {
  label: string;
  act: string;
  /** What is said below the field, until something is wrong with what was typed. */
  hint?: string;
  wrong: string;
  input: JSX.IntrinsicElements["input"];
  onAnswer: (typed: string) => Promise<unknown>;
  /** Other things to do, which may fail as well. */
  children?: (attempt: (act: Promise<unknown>) => void) => ComponentChildren;
}

/** One question with one field. */
export function Answer({ label, act, hint, wrong, input, onAnswer, children }: Props) {
  const [typed, setTyped] = useState(input.defaultValue ?? "");
  const [trouble, setTrouble] = useState("");
  const [isBusy, setBusy] = useState(false);
  const attempt = (act: Promise<unknown>) => {
    setBusy(true);
    act
      .then(
        () => setTrouble(""),
        (error) => setTrouble(sentence(error, wrong)),
      )
      .finally(() => setBusy(false));
  };
  return (
    <form
      class="email"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) attempt(onAnswer(`${typed}`.trim()));
      }}
    >
      <label for="answer">{label}</label>
      <div class="row">
        <input
          id="answer"
          aria-describedby="hint"
          aria-invalid={!!trouble}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
          {...input}
        />
        <button type="submit" class="button">
          {act}
        </button>
      </div>
      <p id="hint" class={trouble ? "failed" : "quiet-text"} role="status">
        {trouble || hint}
      </p>
      {children?.(attempt)}
    </form>
  );
}

/** What to say of a request that failed: `wrong`, where it is for what was typed. */
function sentence(error: unknown, wrong: string): string {
  const status = error instanceof Refused ? error.status : 0;
  if (status === 429) return words.tooOften;
  return status === 401 || status === 422 ? wrong : words.failed;
}
