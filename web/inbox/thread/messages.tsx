import { useEffect } from "preact/hooks";
import { now } from "../clock";
import type { Desk } from "../store/desk";
import { byDay, continues, lastSeen } from "../store/messages";
import type { Thread } from "../store/thread";
import { Entry } from "./entry";
import { NEAR, useKeptPlace } from "./kept-place";
import { PendingEntry } from "./pending-entry";

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
