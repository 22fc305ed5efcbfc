import type { ReasonCount, Supposed } from "../../protocol/wire";
import { Icon } from "../parts/icon";
import { Worded } from "../parts/worded";

/** What the contact would see of its own if one fact were another. */
export function WhatIf({ suppositions }: { suppositions: Supposed[] }) {
  return (
    <section>
      <h3>What they would see of their own</h3>
      <ul class="suppositions">
        {suppositions.map((one) => (
          <Supposition key={one.suppose} one={one} />
        ))}
      </ul>
    </section>
  );
}

function Supposition({ one: { title, possible, sentence, reasons } }: { one: Supposed }) {
  return (
    <li>
      <p class="supposed">
        <Worded words={title} />
      </p>
      <p class={possible ? "" : "hint"}>{sentence}</p>
      {reasons.map((row) => (
        <Row key={row.sentence} row={row} />
      ))}
    </li>
  );
}

function Row({ row: { allowed, count, reason, sentence } }: { row: ReasonCount }) {
  return (
    <p class="hint supposed-row">
      <Icon name={allowed ? "yes" : "no"} size={15} />
      <span>
        {allowed ? "Seen" : "Not seen"}: {count} · {sentence} <code>{reason}</code>
      </span>
    </p>
  );
}
