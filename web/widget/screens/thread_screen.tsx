import { useEffect, useRef } from "preact/hooks";
import { config } from "../config";
import type { Thread } from "../thread";
import type { Visit } from "../visit";
import * as words from "../words";
import { Composer } from "./composer";
import { Connection } from "./connection";
import { EmailRow } from "./email_row";
import { EndChat } from "./end_chat";
import { Header } from "./header";
import { BackIcon } from "./icons";
import { OfferCard } from "./later";
import { MessageLog, Typist } from "./message_log";

export function ThreadScreen({ visit, thread }: { visit: Visit; thread: Thread }) {
  const teammate = thread.teammate.value;
  const isLead = visit.standing === "lead";
  return (
    <>
      <Header>
        <button type="button" class="quiet" aria-label={words.back} onClick={() => visit.goHome()}>
          <BackIcon />
        </button>
        <h1 class="title">{teammate ? `${teammate} · ${config.name}` : config.name}</h1>
        {isLead && <EndChat visit={visit} />}
      </Header>
      <OfferCard offering={visit.offering} />
      <Scroll thread={thread} visit={visit} />
      <footer>
        <Connection visit={visit} />
        {thread.state.value === "closed" && <p class="quiet-text">{words.closed}</p>}
        {isLead && thread.id.value !== null && <EmailRow visit={visit} />}
        <Composer visit={visit} />
      </footer>
    </>
  );
}

/** Stays at the newest message, unless the person has scrolled up to read. Their own words are always come to. */
function Scroll({ thread, visit }: { thread: Thread; visit: Visit }) {
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const before = useRef({ first: 0, height: 0, sent: 0 });
  const typist = thread.typist.value;
  const first = thread.messages.value[0]?.seq ?? 0;
  const outgoing = visit.outbox.items.value.filter((item) => item.thread === thread);
  const sent = outgoing.length;
  useEffect(() => {
    const scroll = box.current;
    if (scroll === null) return;
    const height = scroll.scrollHeight;
    if (isAtEnd.current || sent > before.current.sent) scroll.scrollTop = height;
    else if (first !== before.current.first) scroll.scrollTop += height - before.current.height;
    before.current = { first, height, sent };
  });
  return (
    <div
      ref={box}
      class="scroll"
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < 80;
      }}
    >
      <MessageLog thread={thread} visit={visit} outgoing={outgoing} />
      <Typist name={typist} />
    </div>
  );
}
