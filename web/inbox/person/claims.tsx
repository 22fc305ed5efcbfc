import type { Contact } from "../../protocol/wire";
import { Time } from "../parts/time";
import { counted } from "../words/people";

/** What was typed. None of it is proved, however often it is said. */
export function Claims({ person: { claims } }: { person: Contact }) {
  if (claims.length === 0) return null;
  return (
    <section>
      <h3>Said, not proved</h3>
      <ul class="rows">
        {claims.map(({ kind, value, at, proved_users }) => (
          <li key={`${kind} ${value} ${at}`}>
            <p>
              <bdi>{value}</bdi>
            </p>
            <p class="hint">
              {kind === "email" ? "E-mail" : "Name"} · <Time at={at} as="ago" />
              {proved_users > 0 && ` · of ${counted(proved_users, "proved user", "proved users")}`}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
