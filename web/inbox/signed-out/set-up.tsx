import { useSignal } from "@preact/signals";
import type { SetUpDone } from "../../protocol/wire";
import { sitDown } from "../store/app";
import { AccountStep } from "./account-step";
import { KeyStep } from "./key-step";
import { VisitStep } from "./visit-step";

const STEPS = ["Account", "Site", "First visit"];

/** The first start: an account, a workspace and a site; then the key, once; then the first visit. */
export function SetUpScreen({ token }: { token: string }) {
  const done = useSignal<SetUpDone | null>(null);
  const keyKept = useSignal(false);
  const step = done.value === null ? 0 : keyKept.value ? 2 : 1;
  return (
    <main class="gate">
      <div class="card card-wide">
        <p class="wordmark">Privity</p>
        <Steps current={step} />
        {step === 0 && <AccountStep token={token} onDone={(answer) => (done.value = answer)} />}
        {step === 1 && done.value && <KeyStep done={done.value} onKept={() => (keyKept.value = true)} />}
        {step === 2 && done.value && <VisitStep me={done.value.me} onEnter={sitDown} />}
      </div>
    </main>
  );
}

function Steps({ current }: { current: number }) {
  return (
    <ol class="steps" aria-label="Steps">
      {STEPS.map((name, step) => (
        <li
          key={name}
          aria-current={step === current ? "step" : undefined}
          class={step < current ? "step-done" : ""}
        >
          {name}
        </li>
      ))}
    </ol>
  );
}
