import { useEffect, useRef } from "preact/hooks";
import { Markdown } from "../../protocol/markdown";
import type { Message } from "../../protocol/wire";
import { authorOf, isOwn } from "../messages";
import type { Outgoing } from "../outbox";
import type { Thread } from "../thread";
import { isLater, stamp } from "../times";
import type { Visit } from "../visit";
import * as words from "../words";
import { Again, Failed } from "./failed";
import { inherit } from "./inherit";

interface Props {
  thread: Thread;
  visit: Visit;
  outgoing: Outgoing[];
}

export function MessageLog({ thread, visit, outgoing }: Props) {
  const messages = thread.messages.value;
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
            <Bubble by={authorOf(message)} look={isOwn(message) ? "own" : ""} body={message.body} />
            {message === lastOwn && <p class="fate">{fateOf(message, thread)}</p>}
          </div>
        ))}
        {outgoing.map((item) => (
          <div key={item.clientId} class="entry">
            <Bubble by="You" look="own pending" body={item.body} />
            {item.state === "failed" && (
              <NotSent reason={item.reason} retry={() => visit.outbox.retry(item.clientId)} />
            )}
            {item.state === "sending" && item === outgoing.at(-1) && <p class="fate">Sending…</p>}
          </div>
        ))}
      </div>
    </>
  );
}

function fateOf({ seq }: Message, { seenByTeam, messages }: Thread): string {
  const isAnswered = messages.value.some((message) => message.seq > seq && !isOwn(message));
  return isAnswered || seenByTeam.value >= seq ? "Seen" : "Sent";
}

const Bubble = ({ by, look, body }: { by: string; look: string; body: string }) => (
  <div class={`bubble ${look}`}>
    <span class="unseen">{by}:</span>
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

export function Typist({ name }: { name: string | null }) {
  if (name === null) return null;
  return <p class="typist">{name === "" ? words.somebodyWrites : `${name} is writing…`}</p>;
}
