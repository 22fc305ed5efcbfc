import { config } from "../config";
import type { Visit } from "../visit";
import { Account } from "./account";
import { Composer } from "./composer";
import { Connection } from "./connection";
import { ConversationList } from "./conversation_list";
import { Header } from "./header";
import { OfferCard } from "./later";
import { Locked } from "./locked";
import { NoticeLine } from "./notice_line";

export function Home({ visit }: { visit: Visit }) {
  const session = visit.session.value;
  const name = session?.contact.kind === "user" ? session.contact.name : null;
  const isKnown = visit.standing !== "unknown";
  return (
    <>
      <Header>
        <span class="mark" aria-hidden="true" />
        <span class="title">{config.name}</span>
        <Account visit={visit} />
      </Header>
      <div class="scroll home" aria-busy={!isKnown}>
        <h1 dir="auto">
          {name && visit.standing !== "mailed" ? `Hello ${name.split(" ", 1)[0]}.` : config.greeting}
        </h1>
        <OfferCard offering={visit.offering} />
        <NoticeLine visit={visit} />
        <Connection visit={visit} />
        {isKnown && <Composer visit={visit} />}
        <ConversationList visit={visit} />
        {isKnown && session?.history !== "open" && <Locked visit={visit} />}
      </div>
    </>
  );
}
