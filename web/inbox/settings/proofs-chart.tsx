import type { HealthDay } from "../../protocol/wire";
import { counted } from "../words/people";
import { dateOf } from "../words/times";

const HEIGHT = 100;
const SLOT = 10;
const BAR = 7;
// A single refusal among a thousand proofs must still be seen.
const LEAST = 3;

/** Proofs by day: what was refused stands on what was accepted. The same numbers stand in a table below. */
export function ProofsChart({ days }: { days: HealthDay[] }) {
  const accepted = sum(days.map((day) => day.accepted));
  const refused = sum(days.map((day) => day.refused));
  const most = Math.max(1, ...days.map((day) => day.accepted + day.refused));
  const said = `${counted(accepted, "proof", "proofs")} accepted and ${refused} refused in ${days.length} days`;
  return (
    <figure class="chart">
      <figcaption>
        <ul class="chart-legend hint">
          <Legend kind="accepted" words={`${accepted} accepted`} />
          <Legend kind="refused" words={`${refused} refused, on top`} />
          <li>most on one day: {most}</li>
        </ul>
      </figcaption>
      <svg
        viewBox={`0 0 ${days.length * SLOT} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={said}
      >
        {days.map((day, index) => (
          <Bar key={day.day} day={day} at={index * SLOT} scale={HEIGHT / most} />
        ))}
      </svg>
      <p class="chart-span hint">
        <span>{dateOf(days[0]?.day)}</span>
        <span>{dateOf(days.at(-1)?.day)}</span>
      </p>
      <Numbers days={days} />
    </figure>
  );
}

function Bar({ day: { accepted, refused }, at, scale }: { day: HealthDay; at: number; scale: number }) {
  const top = refused === 0 ? 0 : Math.max(LEAST, refused * scale);
  const below = Math.min(HEIGHT - top, accepted * scale);
  return (
    <>
      <rect class="accepted" x={at} y={HEIGHT - below} width={BAR} height={below} />
      <rect class="refused" x={at} y={HEIGHT - below - top} width={BAR} height={top} />
    </>
  );
}

function Legend({ kind, words }: { kind: string; words: string }) {
  return (
    <li>
      <svg viewBox="0 0 10 10" aria-hidden="true">
        <rect class={kind} width="10" height="10" />
      </svg>
      {words}
    </li>
  );
}

function Numbers({ days }: { days: HealthDay[] }) {
  const seen = days.filter(({ accepted, refused }) => accepted + refused > 0).reverse();
  if (seen.length === 0) return <p class="hint">No proof was given in these days.</p>;
  return (
    <details class="numbers">
      <summary>The numbers, day by day</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Day (UTC)</th>
            <th scope="col">Accepted</th>
            <th scope="col">Refused</th>
          </tr>
        </thead>
        <tbody>
          {seen.map(({ day, accepted, refused }) => (
            <tr key={day}>
              <th scope="row">{dateOf(day)}</th>
              <td>{accepted}</td>
              <td>{refused}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);
