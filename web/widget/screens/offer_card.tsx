import type { Offer } from "../../protocol/wire";
import type { Offering } from "../offer";
import * as words from "../words";
import { inherit } from "./inherit";
import { undo } from "./offer_acts";
import { One } from "./offer_of_one";
import { Several } from "./offer_of_several";
import * as seldomWords from "./seldom_words";

/** Asks whether what was written here before the sign-in is this person's. Shows when and where, and no word of it. */
export function OfferCard({ offering }: { offering: Offering }) {
  const offer = offering.offer.value;
  return (
    <>
      {offering.trouble.value === "written since" && <Said sentence={seldomWords.writtenSince} />}
      {offer !== null && <Asked offer={offer} offering={offering} />}
      {offer === null && offering.kept.value.length > 0 && <Kept offering={offering} />}
    </>
  );
}

function Asked({ offer, offering }: { offer: Offer; offering: Offering }) {
  const [first, ...more] = offer.items;
  if (first === undefined) return null;
  const Question = more.length === 0 ? One : Several;
  return (
    <section class="notice offer" aria-label={seldomWords.offerTitle}>
      <Question offer={offer} first={first} offering={offering} />
      <Failed offering={offering} />
    </section>
  );
}

function Kept({ offering }: { offering: Offering }) {
  return (
    <div ref={inherit} tabIndex={-1} class="notice offer row" role="status">
      <p>{seldomWords.kept(offering.kept.value.length)}</p>
      <Failed offering={offering} />
      <button type="button" class="link" onClick={() => undo(offering)}>
        Undo
      </button>
    </div>
  );
}

const Failed = ({ offering }: { offering: Offering }) =>
  offering.trouble.value === "failed" ? <p role="alert">{words.failed}</p> : null;

const Said = ({ sentence }: { sentence: string }) => (
  <p ref={inherit} tabIndex={-1} class="notice offer" role="status">
    {sentence}
  </p>
);
