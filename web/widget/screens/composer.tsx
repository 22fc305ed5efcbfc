import { useEffect, useRef } from "preact/hooks";
import { isComposing } from "../../protocol/composing";
import { characters, cleaned, isTooLong } from "../../protocol/draft";
import { BODY_CHARACTERS } from "../../protocol/wire";
import type { Visit } from "../visit";
import * as words from "../words";
import { SendIcon } from "./icons";
import { SignIn } from "./locked";

const COUNTS_FROM = BODY_CHARACTERS - 1_000;

/** Where the person writes; or, where they may not yet, how to come to it. */
export function Composer({ visit }: { visit: Visit }) {
  if (visit.standing === "doubted") return null;
  if (visit.session.value?.write === "proof_needed") return <ProofNeeded />;
  return <Field visit={visit} />;
}

function ProofNeeded() {
  return (
    <div class="notice">
      <p>{words.proofNeeded}</p>
      <SignIn />
    </div>
  );
}

function Field({ visit }: { visit: Visit }) {
  const text = visit.draft;
  const field = useRef<HTMLTextAreaElement>(null);
  const tooLong = isTooLong(text);
  const send = () => {
    const body = cleaned(text);
    if (body === "" || tooLong) return;
    visit.write(body);
    visit.draft = "";
  };
  useEffect(() => fit(field.current), [text]);
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div class="field">
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          value={text}
          aria-label={words.composer}
          aria-invalid={tooLong}
          placeholder={words.composerHint}
          onInput={({ currentTarget }) => {
            visit.draft = currentTarget.value;
            visit.typing();
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || isComposing(event)) return;
            event.preventDefault();
            send();
          }}
        />
        <button type="submit" class="send" aria-label="Send" disabled={text.trim() === "" || tooLong}>
          <SendIcon />
        </button>
      </div>
      {text.length > COUNTS_FROM && <Counter count={characters(text)} />}
    </form>
  );
}

function Counter({ count }: { count: number }) {
  const over = count - BODY_CHARACTERS;
  const room = `${count.toLocaleString("en")} of ${BODY_CHARACTERS.toLocaleString("en")}`;
  return (
    <p class={over > 0 ? "counter over" : "counter"} role="status">
      {over > 0 ? `${over.toLocaleString("en")} characters too many. Nothing was sent.` : room}
    </p>
  );
}

/** As high as its text; the style sheet ends that at six lines. */
function fit(field: HTMLTextAreaElement | null): void {
  if (field === null) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}
