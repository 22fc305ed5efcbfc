import { useSignal } from "@preact/signals";
import type { Refused } from "../../protocol/problem";
import type { SetUp, SetUpDone } from "../../protocol/wire";
import { Trouble } from "../parts/trouble";
import { setUp } from "../store/app";
import { asRefused } from "../store/fetched";
import { answerIn, Field } from "./field";
import { VisitorsQuestion } from "./visitors-question";

interface Props {
  token: string;
  onDone: (done: SetUpDone) => void;
}

export function AccountStep({ token, onDone }: Props) {
  const refusal = useSignal<Refused | null>(null);
  const busy = useSignal(false);
  if (token === "") return <NoToken />;

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    busy.value = true;
    refusal.value = null;
    try {
      onDone(await setUp(answersOf(form, token)));
    } catch (trouble) {
      refusal.value = asRefused(trouble);
      busy.value = false;
    }
  };

  return (
    <form onSubmit={submit} aria-labelledby="account-title">
      <h1 id="account-title">Set up Privity</h1>
      <Field
        label="Your name"
        name="name"
        autocomplete="name"
        hint="Contacts see it beside your answers."
        autofocus
      />
      <Field label="Your e-mail" name="email" type="email" autocomplete="username" />
      <Field
        label="Password"
        name="password"
        type="password"
        autocomplete="new-password"
        hint="12 characters or more."
        minLength={12}
      />
      <Field label="Company" name="workspace" autocomplete="organization" hint="The name above the chat." />
      <Field
        label="Your website"
        name="site"
        type="url"
        autocomplete="url"
        placeholder="https://www.example.com"
        hint="The only site on which the chat may appear. You can add more later."
      />
      <VisitorsQuestion />
      {refusal.value !== null && <Trouble refusal={refusal.value} />}
      <button type="submit" class="primary" disabled={busy.value}>
        {busy.value ? "Setting up …" : "Continue"}
      </button>
    </form>
  );
}

function NoToken() {
  return (
    <>
      <h1>This page needs its link</h1>
      <p>
        Open the set-up link that the server printed when it started. It works once and for 30 minutes; a
        server that is not set up yet prints a new one at each start.
      </p>
    </>
  );
}

const answersOf = (form: HTMLFormElement, token: string): SetUp => ({
  token,
  name: answerIn(form, "name"),
  email: answerIn(form, "email"),
  password: answerIn(form, "password"),
  workspace: answerIn(form, "workspace"),
  site: answerIn(form, "site"),
  history_from: answerIn(form, "history_from") === "mailbox" ? "mailbox" : "signed",
});
