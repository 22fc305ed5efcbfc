import { useEffect, useRef, useState } from "preact/hooks";
import { CLAIM_CHARACTERS } from "../../protocol/wire";
import { reception } from "../desk";
import type { Visit } from "../visit";
import { words } from "../words";
import { Answer, sentence } from "./answer";

const AGAIN_AFTER = 30_000;

type Step = "closed" | "address" | "code";

/** Proves a mailbox by a code that is sent there. Every address is answered alike. */
export function CodeByMail({ visit }: { visit: Visit }) {
  const [step, go] = useState<Step>("closed");
  const [email, setEmail] = useState("");
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector("input")?.focus(), [step]);
  const ask = async (typed: string) => {
    await visit.askForCode(typed);
    setEmail(typed);
    go("code");
  };
  return (
    <div ref={box} key={step}>
      {step === "closed" && <Link words={words.codeAsk} onClick={() => go("address")} />}
      {step === "address" && (
        <Answer
          label={words.codeEmail}
          act={words.codeSend}
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
          label={words.codeLabel}
          act={words.codeGive}
          wrong={words.codeWrong}
          input={{ autocomplete: "one-time-code", inputMode: "numeric", maxLength: 12 }}
          onAnswer={(code) => reception.proveMailbox(code)}
        >
          <Sent visit={visit} email={email} />
          <Link words={words.codeElse} onClick={() => go("address")} />
        </Answer>
      )}
    </div>
  );
}

/** Says that a code was sent, and sends another one to who has waited for it. */
function Sent({ visit, email }: { visit: Visit; email: string }) {
  const [sends, count] = useState(0);
  const [waited, setWaited] = useState(-1);
  const [trouble, setTrouble] = useState("");
  useEffect(() => visit.epoch.after(AGAIN_AFTER, () => setWaited(sends)), [visit, sends]);
  const again = () => {
    count(sends + 1);
    visit.askForCode(email).then(
      () => setTrouble(""),
      (error) => setTrouble(sentence(error, words.emailWrong)),
    );
  };
  return (
    <>
      <p class="quiet-text" role="status">
        {trouble || words.codeSent}
      </p>
      {waited === sends && <Link words={words.codeAgain} onClick={again} />}
    </>
  );
}

const Link = ({ words, onClick }: { words: string; onClick: () => void }) => (
  <button type="button" class="link" onClick={onClick}>
    {words}
  </button>
);
