import type { Refused } from "../protocol/problem";
import { AuditScreen } from "./audit/audit-screen";
import { DeskScreen } from "./desk-screen";
import { Skeleton } from "./parts/skeleton";
import { Trouble } from "./parts/trouble";
import { SetUpScreen } from "./signed-out/set-up";
import { SignInScreen } from "./signed-out/sign-in";
import { arrive, screen } from "./store/app";

export function App() {
  const at = screen.value;
  switch (at.name) {
    case "arriving":
      return <Arriving />;
    case "unreachable":
      return <Unreachable refusal={at.refusal} />;
    case "sign-in":
      return <SignInScreen notice={at.notice} />;
    case "set-up":
      return <SetUpScreen token={at.token} />;
    case "desk":
      return <DeskScreen desk={at.desk} />;
    case "audit":
      return <AuditScreen desk={at.desk} />;
  }
}

function Arriving() {
  return (
    <main>
      <h1 class="unseen">Privity</h1>
      <Skeleton words="Opening the inbox" lines={6} />
    </main>
  );
}

function Unreachable({ refusal }: { refusal: Refused }) {
  return (
    <main class="gate">
      <section class="card" aria-labelledby="unreachable-title">
        <p class="wordmark">Privity</p>
        <h1 id="unreachable-title">The inbox did not open</h1>
        <Trouble refusal={refusal} retry={arrive} />
      </section>
    </main>
  );
}
