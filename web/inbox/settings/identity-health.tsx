import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { IdentityHealth, KeyHealth, RefusedCount, Sighting, Stricter } from "../../protocol/wire";
import { SiteCode } from "../parts/site-code";
import { Skeleton } from "../parts/skeleton";
import { Trouble } from "../parts/trouble";
import { Worded } from "../parts/worded";
import type { Desk } from "../store/desk";
import { clockWords, shareOf } from "../words/health";
import { counted } from "../words/people";
import { dateOf } from "../words/times";
import { ProofsChart } from "./proofs-chart";

/** How well the site proves who its users are: counts of a month, of nobody in particular. */
export function IdentityHealthSetting({ desk }: { desk: Desk }) {
  useEffect(() => void desk.health.refresh(), [desk]);
  const health = desk.health.value.value;
  const refusal = desk.health.trouble.value;
  return (
    <>
      <p class="quiet-words">
        What your site's proofs did in the last 30 days. These are counts: of no person, and of no page.
      </p>
      {refusal !== null && <Trouble refusal={refusal} retry={() => desk.health.refresh()} />}
      {health === null && refusal === null && <Skeleton words="Counting" lines={6} />}
      {health !== null && <Health desk={desk} health={health} />}
    </>
  );
}

function Health({ desk, health }: { desk: Desk; health: IdentityHealth }) {
  return (
    <>
      <Part name="Proofs">
        <ProofsChart days={health.days} />
      </Part>
      {health.refusals.length > 0 && (
        <Part name="Refused, and what to change">
          <ul class="findings">
            {health.refusals.map((row) => (
              <Refusal key={`${row.reason} ${row.kid}`} row={row} />
            ))}
          </ul>
          <SiteCode desk={desk} reason={health.refusals[0]?.reason ?? null} />
        </Part>
      )}
      <Share health={health} />
      <Part name="Keys">
        <Keys keys={health.keys} />
      </Part>
      <Findings health={health} />
    </>
  );
}

function Part({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <section aria-label={name}>
      <h2>{name}</h2>
      {children}
    </section>
  );
}

function Refusal({ row: { reason, kid, count, last_day, sentence, remedy } }: { row: RefusedCount }) {
  return (
    <li>
      <p>
        <strong>{counted(count, "time", "times")}</strong> <code>{reason}</code>{" "}
        {kid !== null && (
          <>
            by <code>{kid}</code>
          </>
        )}{" "}
        <span class="hint">last on {dateOf(last_day)}</span>
      </p>
      <p>{sentence}</p>
      {remedy !== null && (
        <p class="remedy">
          <Worded words={remedy} />
        </p>
      )}
    </li>
  );
}

/** The number to watch before a stricter setting is switched on, and what that would change for whom. */
function Share({ health: { seen, stricter } }: { health: IdentityHealth }) {
  return (
    <Part name="Sessions with a proof">
      <p class="share">{shareOf(seen.proved, seen.sessions)}</p>
      <p class="hint">
        {seen.proved} of {counted(seen.sessions, "session", "sessions")}; {seen.proved_contacts} of{" "}
        {counted(seen.contacts, "contact", "contacts")}. Watch this before you ask for more proof:
      </p>
      <div class="scrolled">
        <table>
          <thead>
            <tr>
              <th scope="col">If you asked</th>
              <th scope="col">Whom it would have met</th>
            </tr>
          </thead>
          <tbody>
            {stricter.map((one) => (
              <Setting key={`${one.setting} ${one.value}`} one={one} />
            ))}
          </tbody>
        </table>
      </div>
    </Part>
  );
}

function Setting({ one: { setting, value, now, sentence } }: { one: Stricter }) {
  return (
    <tr>
      <th scope="row">
        <code>{setting}</code> <code>{value}</code> {now && <span class="hint">as it is now</span>}
      </th>
      <td>{sentence}</td>
    </tr>
  );
}

function Keys({ keys }: { keys: KeyHealth[] }) {
  if (keys.length === 0) return <p class="hint">No key is trusted: nobody can be proved by a token.</p>;
  return (
    <div class="scrolled">
      <table>
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col">Accepted</th>
            <th scope="col">Refused</th>
            <th scope="col">The site's clock</th>
          </tr>
        </thead>
        <tbody>
          {keys.map(({ kid, name, accepted, refused, never_used, skew }) => (
            <tr key={kid}>
              <th scope="row">
                {name !== null && <bdi>{name} </bdi>}
                <code>{kid}</code>
              </th>
              <td>{accepted}</td>
              <td>{refused}</td>
              <td>{never_used ? "Never used: take it away if nothing needs it." : clockWords(skew)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What a page does that no good page does; nothing where all is well. */
function Findings({ health: { unsigned, secrets, left_unannounced } }: { health: IdentityHealth }) {
  if (unsigned.length + secrets.length + left_unannounced === 0) return null;
  return (
    <Part name="In your pages">
      <ul class="findings">
        {secrets.map((one) => (
          <Found key={one.name} one={one} what="A setting in a page is named like a secret">
            A page is read by everybody. Take it out, and if it held a signing secret, revoke that key.
          </Found>
        ))}
        {unsigned.map((one) => (
          <Found key={one.name} one={one} what="Set without a signature, for somebody who was proved">
            It stays a claim. Put it into the token if your site knows it.
          </Found>
        ))}
        {left_unannounced > 0 && (
          <li>
            <p>
              <strong>{counted(left_unannounced, "sign-out", "sign-outs")}</strong> that the page did not
              announce
            </p>
            <p class="remedy">
              The chat finds out by itself, but later. Call <code>privity('shutdown')</code> where people sign
              out.
            </p>
          </li>
        )}
      </ul>
    </Part>
  );
}

function Found({ one, what, children }: { one: Sighting; what: string; children: ComponentChildren }) {
  return (
    <li>
      <p>
        {what}: <code>{one.name}</code>{" "}
        <span class="hint">
          {counted(one.count, "time", "times")}, last on {dateOf(one.last_day)}
        </span>
      </p>
      <p class="remedy">{children}</p>
    </li>
  );
}
