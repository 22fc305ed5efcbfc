import type { Title } from "../words/people";
import { Icon } from "./icon";

/** Beside each message that was written without proof. */
export function UnprovedMark() {
  return (
    <span class="mark-unproved" title="Not proved: nobody showed who wrote this">
      <Icon name="unproved" size={15} />
      <span class="unseen">not proved</span>
    </span>
  );
}

/** Beside each message whose writer was proved by an old hash alone. */
export function OldHashMark() {
  return (
    <span class="mark-old" title="Proved by an old hash, which has no end of its own">
      <Icon name="old" size={15} />
      <span class="unseen">proved by an old hash</span>
    </span>
  );
}

/** A contact's title with what stands behind it: a shield for a proof, an open circle for a mere claim. */
export function TitleWords({ title }: { title: Title }) {
  return (
    <span class="title">
      <span class={title.proved ? "proved" : "claimed"} title={title.proved ? "Proved" : "Not proved"}>
        <Icon name={title.proved ? "proved" : "unproved"} size={15} />
        <span class="unseen">{title.proved ? "proved" : "not proved"} </span>
      </span>
      <bdi class="title-words">{title.words}</bdi>
      {title.claim && <span class="claimed title-claim">unproved</span>}
    </span>
  );
}
