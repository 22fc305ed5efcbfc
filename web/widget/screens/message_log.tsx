import { useEffect, useRef } from "preact/hooks";
import { Markdown } from "../../protocol/markdown";
import type { Message } from "../../protocol/wire";
import type { Thread } from "../thread";
import { isLater, stamp } from "../times";
import type { Visit } from "../visit";
import * as words from "../words";
import { Again, Failed } from "./failed";
import { inherit } from "./inherit";

export function MessageLog({ thread, visit }: { thread: Thread; visit: Visit }) {
  const messages = thread.messages.value;
  const outgoing = visit.outbox.items.value.filter((item) => item.thread === thread);
  const lastOwn = outgoing.length === 0 ? messages.filter(isOwn).at(-1) : undefined;
  const log = useRef<HTMLDivElement>(null);
  const read = () => visit.read(thread);
  useEffect(() => inherit(log.current), [thread.hasEarlier.value, thread.hasFailed.value]);
  return (
    <>
      {thread.hasFailed.value ? (
        <Failed retry={read} />
      ) : (
        thread.hasEarlier.value && (
          <button type="button" class="link earlier" onClick={read}>
            Show earlier messages
          </button>
        )
      )}
      <div
        ref={log}
        tabIndex={-1}
        role="log"
        aria-live="polite"
        aria-label="Messages"
        aria-busy={thread.isLoading.value}
      >
        {messages.map((message, at) => (
          <div key={message.seq} class="entry">
            {isLater(message.sent_at, messages[at - 1]?.sent_at) && (
              <p class="stamp">
                <time dateTime={message.sent_at}>{stamp(message.sent_at)}</time>
              </p>
            )}
            <Bubble message={message} />
            {message === lastOwn && <p class="fate">{fateOf(message, thread)}</p>}
          </div>
        ))}
        {outgoing.map((item) => (
          <div key={item.clientId} class="entry">
            <OutgoingBubble body={item.body} />
            {item.state === "failed" && (
              <NotSent reason={item.reason} retry={() => visit.outbox.retry(item.clientId)} />
            )}
            {item.state === "sending" && item === outgoing.at(-1) && <p class="fate">Sending…</p>}
          </div>
        ))}
      </div>
      <Typist name={thread.typist.value} />
    </>
  );
}

const isOwn = ({ author }: Message) => author.kind === "contact";

function fateOf({ seq }: Message, { seenByTeam, messages }: Thread): string {
  const isAnswered = messages.value.some((message) => message.seq > seq && !isOwn(message));
  return isAnswered || seenByTeam.value >= seq ? "Seen" : "Sent";
}

function Bubble({ message }: { message: Message }) {
  const own = isOwn(message);
  return (
    <div class={own ? "bubble own" : "bubble"}>
      <span class="unseen">{own ? "You:" : `${message.author.name ?? "Team"}:`}</span>
      <Markdown source={message.body} />
    </div>
  );
}

const OutgoingBubble = ({ body }: { body: string }) => (
  <div class="bubble own pending">
    <span class="unseen">You:</span>
    <Markdown source={body} />
  </div>
);

function NotSent({ reason, retry }: { reason: string | null; retry: () => void }) {
  return (
    <p class="fate failed">
      {words.notSent} {reason} <Again retry={retry} />
    </p>
  );
}

function Typist({ name }: { name: string | null }) {
  if (name === null) return null;
  return <p class="typist">{name === "" ? words.somebodyWrites : `${name} is writing…`}</p>;
}
