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
      return <Skeleton words="Opening the inbox" lines={6} />;
    case "unreachable":
      return <Trouble refusal={at.refusal} retry={arrive} />;
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
