import { useEffect, useRef, useState } from "preact/hooks";
import { CLAIM_CHARACTERS } from "../../protocol/wire";
import { reception } from "../desk";
import type { Visit } from "../visit";
import * as words from "../words";
import { Answer } from "./answer";
import * as seldom from "./seldom_api";
import * as seldomWords from "./seldom_words";

const AGAIN_AFTER = 30_000;

type Step = "address" | "code";

interface Props {
  visit: Visit;
  /** What the code is given to: by itself, the reception, which lets its person in. */
  onCode?: (code: string) => Promise<unknown>;
}

/** Proves a mailbox by a code that is sent there. Every address is answered alike. */
export function CodeByMail({ visit, onCode = enter }: Props) {
  const [step, go] = useState<Step>("address");
  const [email, setEmail] = useState("");
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector("input")?.focus(), [step]);
  const ask = async (typed: string) => {
    await askForCode(visit, typed);
    setEmail(typed);
    go("code");
  };
  return (
    <div ref={box} key={step}>
      {step === "address" && (
        <Answer
          label={seldomWords.codeEmail}
          act={seldomWords.codeSend}
          wrong={words.emailWrong}
          input={{
            type: "email",
            autocomplete: "email",
            maxLength: CLAIM_CHARACTERS,
            defaultValue: email,
          }}
          onAnswer={ask}
        />
      )}
      {step === "code" && (
        <Answer
          label={seldomWords.codeLabel}
          act={seldomWords.codeGive}
          hint={seldomWords.codeSent}
          wrong={seldomWords.codeWrong}
          input={{ autocomplete: "one-time-code", inputMode: "numeric" }}
          onAnswer={onCode}
        >
          {(attempt) => (
            <>
              <Link words={seldomWords.codeElse} onClick={() => go("address")} />
              <Again visit={visit} onAgain={() => attempt(askForCode(visit, email))} />
            </>
          )}
        </Answer>
      )}
    </div>
  );
}

const enter = (code: string) => reception.rise("mailed", (api) => seldom.enterByCode(api, code));

const askForCode = async (visit: Visit, email: string) => seldom.askForCode(await visit.seated(), email);

/** For who has waited for a code, and has not just asked for another one. */
function Again({ visit, onAgain }: { visit: Visit; onAgain: () => void }) {
  const [hasWaited, setWaited] = useState(false);
  useEffect(
    () => (hasWaited ? undefined : visit.epoch.after(AGAIN_AFTER, () => setWaited(true))),
    [visit, hasWaited],
  );
  if (!hasWaited) return null;
  const again = () => {
    setWaited(false);
    onAgain();
  };
  return <Link words={seldomWords.codeAgain} onClick={again} />;
}

const Link = ({ words, onClick }: { words: string; onClick: () => void }) => (
  <button type="button" class="link" onClick={onClick}>
    {words}
  </button>
);
