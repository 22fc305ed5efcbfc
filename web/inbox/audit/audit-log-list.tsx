import { useRef } from "preact/hooks";
import type { AuditEntry } from "../../protocol/wire";
import { now } from "../clock";
import { Skeleton } from "../parts/skeleton";
import { Trouble } from "../parts/trouble";
import type { AuditDesk } from "../store/audit-desk";
import { dayName } from "../words/times";
import { Event } from "./event";

export function AuditLogList({ desk: { log, me } }: { desk: AuditDesk }) {
  const list = useRef<HTMLDivElement>(null);
  const events = log.items.value;
  const refusal = log.trouble.value;
  /** On with the first that is new: the button that was pressed is below it now, or gone. */
  const goOn = async (asking: Promise<void>) => {
    const shown = events?.length ?? 0;
    await asking;
    requestAnimationFrame(() => list.current?.querySelectorAll<HTMLElement>(".happening")[shown]?.focus());
  };
  return (
    <div ref={list} class="events">
      {events === null && refusal === null && <Skeleton words="Reading the log" lines={9} />}
      {events?.length === 0 && <p class="nothing">Nothing has happened yet.</p>}
      {byDay(events ?? []).map(([day, those]) => (
        <section key={day} aria-label={day}>
          <h2>{day}</h2>
          <ol>
            {those.map((event) => (
              <Event key={event.id} event={event} teammates={me.teammates} />
            ))}
          </ol>
        </section>
      ))}
      {events !== null && (
        <footer>
          {log.next.value === null ? (
            <p class="hint">That is where the log begins.</p>
          ) : (
            <button type="button" class="quiet" onClick={() => goOn(log.older())}>
              {log.isAsking.value ? "Loading …" : "Older"}
            </button>
          )}
        </footer>
      )}
      {refusal !== null && (
        <div class={events === null ? undefined : "notices"}>
          <Trouble refusal={refusal} retry={() => goOn(log.again())} />
        </div>
      )}
    </div>
  );
}

function byDay(events: readonly AuditEntry[]): [string, AuditEntry[]][] {
  const days = new Map<string, AuditEntry[]>();
  for (const event of events) {
    const day = dayName(event.at, now.value);
    days.set(day, [...(days.get(day) ?? []), event]);
  }
  return [...days];
}
