import { useEffect } from "preact/hooks";
import { plain } from "../../protocol/markdown_parse";
import type { Access, Why } from "../../protocol/wire";
import { now } from "../clock";
import { Dialog } from "../parts/dialog";
import { Icon } from "../parts/icon";
import { SiteCode } from "../parts/site-code";
import { Skeleton } from "../parts/skeleton";
import { Trouble } from "../parts/trouble";
import { Worded } from "../parts/worded";
import { pathTo } from "../places";
import type { Desk } from "../store/desk";
import type { Thread } from "../store/thread";
import { counted } from "../words/people";
import { dayAndTime } from "../words/times";
import { WhatHappened } from "./what-happened";
import { WhatIf } from "./what-if";

interface Props {
  desk: Desk;
  thread: Thread;
  onClose: () => void;
}

/** What this contact sees now of its own conversations, and the rule that decides each. */
export function WhyDialog({ desk, thread, onClose }: Props) {
  useEffect(() => {
    void thread.why.refresh();
    void thread.person.refresh();
    void thread.stories.refresh();
  }, [thread]);
  const why = thread.why.value.value;
  const refusal = thread.why.trouble.value;
  return (
    <Dialog title="Why?" kind="why" onClose={onClose}>
      {refusal !== null && <Trouble refusal={refusal} retry={() => thread.why.refresh()} />}
      {why === null && refusal === null && <Skeleton words="Working it out" lines={4} />}
      {why !== null && <Reasons desk={desk} thread={thread} why={why} onClose={onClose} />}
    </Dialog>
  );
}

function Reasons({ desk, thread, why, onClose }: Props & { why: Why }) {
  return (
    <>
      <p class="why-sentence">{why.sentence}</p>
      {why.missing.length > 0 && <Missing missing={why.missing} />}
      {why.last_failure !== null && <LastFailure why={why} />}
      {why.missing.length > 0 && <SiteCode desk={desk} reason={why.last_failure?.reason ?? null} />}
      {why.links.length > 0 && <Linked links={why.links} />}
      <h3>Each of their own conversations</h3>
      {why.conversations.length === 0 && <p class="hint">They have none.</p>}
      <ul class="verdicts">
        {why.conversations.map((access) => (
          <Verdict
            key={access.conversation_id}
            desk={desk}
            thread={thread}
            access={access}
            onClose={onClose}
          />
        ))}
      </ul>
      {why.others_with_claimed_email > 0 && <Others amount={why.others_with_claimed_email} />}
      <WhatIf suppositions={why.suppositions} />
      <WhatHappened stories={thread.stories} />
    </>
  );
}

function Missing({ missing }: { missing: string[] }) {
  return (
    <section>
      <h3>What is missing</h3>
      <ul class="missing">
        {missing.map((one) => (
          <li key={one}>
            <Worded words={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Identities on other cards that a recorded link makes one person with this one. */
function Linked({ links }: { links: string[] }) {
  return (
    <section>
      <h3>Linked</h3>
      <ul class="missing">
        {links.map((one) => (
          <li key={one}>
            <bdi>{one}</bdi>
          </li>
        ))}
      </ul>
    </section>
  );
}

function LastFailure({ why: { last_failure, missing } }: { why: Why }) {
  return (
    last_failure && (
      <section>
        <h3>The last proof that failed</h3>
        <p>
          {last_failure.sentence} <span class="hint">{dayAndTime(last_failure.at, now.value)}</span>{" "}
          <code>{last_failure.reason}</code>
        </p>
        {last_failure.remedy !== null && !missing.includes(last_failure.remedy) && (
          <p class="remedy">
            <Worded words={last_failure.remedy} />
          </p>
        )}
      </section>
    )
  );
}

function Verdict({ desk, thread, access, onClose }: Props & { access: Access }) {
  const { conversation_id, allowed, reason, remedy, sentence } = access;
  const conversation = thread.person.value.value?.conversations.find(({ id }) => id === conversation_id);
  return (
    <li class={allowed ? "verdict verdict-yes" : "verdict verdict-no"}>
      <p class="verdict-word">
        <Icon name={allowed ? "yes" : "no"} />
        {allowed ? "Sees it" : "Does not see it"}
        <code>{reason}</code>
      </p>
      <a class="row-words" href={pathTo(desk.view(), conversation_id)} onClick={onClose} dir="auto">
        {conversation === undefined ? "Open this conversation" : plain(conversation.last_message.body)}
      </a>
      <p>{sentence}</p>
      {remedy !== null && <p class="remedy">{remedy}</p>}
    </li>
  );
}

function Others({ amount }: { amount: number }) {
  return (
    <section>
      <h3>Of others with the same address</h3>
      <p>
        {counted(amount, "conversation", "conversations")}, not shown to this contact. <code>not_proved</code>
      </p>
    </section>
  );
}
