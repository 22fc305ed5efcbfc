import type { SessionSeen } from "../../protocol/wire";
import { Icon } from "../parts/icon";
import { Time } from "../parts/time";
import type { Desk } from "../store/desk";
import { asRefused } from "../store/fetched";
import { pageName } from "../words/pages";
import { HOW_PROVED, isUnproved } from "../words/people";
import { endOf } from "../words/sessions";

const SHOWN = 5;

export function Sessions({ desk, sessions }: { desk: Desk; sessions: SessionSeen[] }) {
  return (
    <section>
      <h3>Sessions</h3>
      {sessions.length === 0 && <p class="hint">None.</p>}
      <ul class="rows">
        {sessions.slice(0, SHOWN).map((session) => (
          <SessionRow key={session.id} desk={desk} session={session} />
        ))}
      </ul>
      {sessions.length > SHOWN && <p class="hint">and {sessions.length - SHOWN} older ones</p>}
    </section>
  );
}

function SessionRow({ desk, session }: { desk: Desk; session: SessionSeen }) {
  const { assurance, client, page, last_seen_at, ended_at, end_reason } = session;
  const unproved = isUnproved(assurance);
  const where = [client, page && pageName(page)].filter(Boolean).join(" · ");
  return (
    <li>
      <p class={unproved ? "claimed" : "proved"}>
        <Icon name={unproved ? "unproved" : "proved"} size={15} />
        {HOW_PROVED[assurance]}
      </p>
      <p class="hint">
        {ended_at === null ? "Last seen " : "Over since "}
        <Time at={ended_at ?? last_seen_at} as="ago" />
        {end_reason !== null && `: ${endOf(end_reason)}`}
      </p>
      {where !== "" && (
        <p class="hint row-words" title={where}>
          {where}
        </p>
      )}
      {ended_at === null && <EndButton desk={desk} session={session} />}
    </li>
  );
}

/** No question first: who is proved by the site comes back with their next page. */
function EndButton({ desk, session: { id } }: { desk: Desk; session: SessionSeen }) {
  const end = () => desk.endSession(id).catch((trouble) => (desk.trouble.value = asRefused(trouble)));
  return (
    <button type="button" class="quiet" onClick={end}>
      End this session
    </button>
  );
}
