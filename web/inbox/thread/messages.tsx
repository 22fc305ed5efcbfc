import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { TeamMessage } from "../../protocol/wire";
import { now } from "../clock";
import type { Desk } from "../store/desk";
import { byDay, continues, lastSeen } from "../store/messages";
import type { Thread } from "../store/thread";
import { Entry } from "./entry";
import { PendingEntry } from "./pending-entry";

const NEAR = 80;

export function Messages({ desk, thread }: { desk: Desk; thread: Thread }) {
  const messages = thread.messages.value;
  const pending = desk.outbox.pending.value.filter(({ conversation }) => conversation === thread.id);
  const scroller = useKeptPlace(messages, pending.length, thread.contactTyping.value);
  useEffect(() => desk.markRead(), [desk, messages]);
  const seen = lastSeen(messages, thread.seen.value);

  const loadEarlier = ({ currentTarget }: { currentTarget: HTMLElement }) => {
    if (currentTarget.scrollTop < NEAR) void thread.loadEarlier();
  };

  return (
    <div ref={scroller} class="messages" onScroll={loadEarlier}>
      {thread.earlier.value !== null && (
        <button type="button" class="quiet more" onClick={() => thread.loadEarlier()}>
          {thread.loadingEarlier.value ? "Loading …" : "Show earlier messages"}
        </button>
      )}
      <div role="log" aria-label="Messages" class="log">
        {byDay(messages, now.value).map((day) => (
          <section key={day.first} class="day" aria-label={day.name}>
            <h3 class="day-name">{day.name}</h3>
            {day.messages.map((message, index) => (
              <Entry
                key={message.id}
                message={message}
                contact={thread.contact.value}
                continued={continues(message, day.messages[index - 1])}
                seen={message.id === seen}
              />
            ))}
          </section>
        ))}
        {pending.map((one) => (
          <PendingEntry key={one.client_id} desk={desk} pending={one} />
        ))}
      </div>
      {thread.contactTyping.value && (
        <p class="typing" role="status">
          Writing …
        </p>
      )}
    </div>
  );
}

/** Keeps what is being read where it is: the end while new messages come, the same line while earlier ones load. */
function useKeptPlace(messages: readonly TeamMessage[], pending: number, typing: boolean) {
  const scroller = useRef<HTMLDivElement>(null);
  const before = useRef({ first: "", height: 0, sent: 0, atEnd: true });

  useLayoutEffect(() => {
    const box = scroller.current;
    if (box === null) return;
    const { first, height, sent, atEnd } = before.current;
    const newFirst = messages[0]?.id ?? "";
    const earlierCame = first !== "" && newFirst !== first;
    if (earlierCame) box.scrollTop += box.scrollHeight - height;
    else if (atEnd || pending > sent) box.scrollTop = box.scrollHeight;
    before.current = { first: newFirst, height: box.scrollHeight, sent: pending, atEnd: isAtEnd(box) };
  }, [messages, pending, typing]);

  useEffect(() => {
    const box = scroller.current;
    if (box === null) return;
    const note = () => {
      before.current.atEnd = isAtEnd(box);
    };
    const resized = new ResizeObserver(() => {
      if (before.current.atEnd) box.scrollTop = box.scrollHeight;
    });
    box.addEventListener("scroll", note, { passive: true });
    resized.observe(box);
    return () => {
      box.removeEventListener("scroll", note);
      resized.disconnect();
    };
  }, []);

  return scroller;
}

const isAtEnd = (box: HTMLElement): boolean => box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
