import { useSignal } from "@preact/signals";
import type { Refused } from "../../protocol/problem";
import { Trouble } from "../parts/trouble";
import { signIn } from "../store/app";
import { asRefused } from "../store/fetched";
import { answerIn, Field } from "./field";

export function SignInScreen({ notice }: { notice: string | null }) {
  const refusal = useSignal<Refused | null>(null);
  const busy = useSignal(false);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    busy.value = true;
    refusal.value = null;
    try {
      await signIn({ email: answerIn(form, "email"), password: answerIn(form, "password") });
    } catch (trouble) {
      refusal.value = asRefused(trouble);
      busy.value = false;
    }
  };

  return (
    <main class="gate">
      <form class="card" onSubmit={submit} aria-labelledby="sign-in-title">
        <p class="wordmark">Privity</p>
        <h1 id="sign-in-title">Sign in to the inbox</h1>
        {notice !== null && <p class="quiet-words">{notice}</p>}
        <Field label="E-mail" name="email" type="email" autocomplete="username" autofocus />
        <Field label="Password" name="password" type="password" autocomplete="current-password" />
        {refusal.value !== null && <Trouble refusal={refusal.value} />}
        <button type="submit" class="primary" disabled={busy.value}>
          {busy.value ? "Signing in …" : "Sign in"}
        </button>
      </form>
    </main>
  );
}
