import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { AuditEntry } from "../../protocol/wire";
import { now } from "../clock";
import { Skeleton } from "../parts/skeleton";
import { Trouble } from "../parts/trouble";
import type { AuditDesk } from "../store/audit-desk";
import { dayName } from "../words/times";
import { Event } from "./event";

/** For Tab the log is one stop, however long it is: inside, the arrows go from event to event. */
export function AuditLogList({ desk: { log, me } }: { desk: AuditDesk }) {
  const list = useRef<HTMLDivElement>(null);
  const visited = useSignal<string | null>(null);
  const events = log.items.value;
  const refusal = log.trouble.value;
  const isThere = events?.some((event) => event.id === visited.value);
  const stop = isThere ? visited.value : events?.[0]?.id;
  const happenings = () => [...(list.current?.querySelectorAll<HTMLElement>(".happening") ?? [])];
  const move = (event: KeyboardEvent) => {
    const to = movedTo(event.key, happenings());
    if (to === undefined) return;
    event.preventDefault();
    to.focus();
  };
  /** On with the first that is new: the button that was pressed is below it now, or gone. */
  const goOn = async (asking: Promise<void>) => {
    const shown = events?.length ?? 0;
    await asking;
    requestAnimationFrame(() => happenings()[shown]?.focus());
  };
  return (
    <div ref={list} class="events">
      {events === null && refusal === null && <Skeleton words="Reading the log" lines={9} />}
      {events?.length === 0 && <p class="nothing">Nothing has happened yet.</p>}
      {byDay(events ?? []).map(([day, those]) => (
        <section key={day} aria-label={day}>
          <h2>{day}</h2>
          <ol onKeyDown={move}>
            {those.map((event) => (
              <Event
                key={event.id}
                event={event}
                teammates={me.teammates}
                isStop={event.id === stop}
                onVisit={() => (visited.value = event.id)}
              />
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

/** From the event that has the focus, by the keys that go through the desk's list as well. */
function movedTo(key: string, happenings: HTMLElement[]): HTMLElement | undefined {
  const from = happenings.findIndex((one) => one.contains(document.activeElement));
  switch (key) {
    case "ArrowDown":
    case "j":
      return happenings[from + 1];
    case "ArrowUp":
    case "k":
      return happenings[from - 1];
    case "Home":
      return happenings[0];
    case "End":
      return happenings.at(-1);
    default:
      return undefined;
  }
}

function byDay(events: readonly AuditEntry[]): [string, AuditEntry[]][] {
  const days = new Map<string, AuditEntry[]>();
  for (const event of events) {
    const day = dayName(event.at, now.value);
    days.set(day, [...(days.get(day) ?? []), event]);
  }
  return [...days];
}
