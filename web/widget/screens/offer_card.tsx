import type { Offer } from "../../protocol/wire";
import type { Offering } from "../offer";
import { stamp } from "../times";
import { words } from "../words";

/** Asks whether what was written here before the sign-in is this person's. Shows when and where, and no word of it. */
export function OfferCard({ offering }: { offering: Offering }) {
  const offer = offering.offer.value;
  const trouble = offering.trouble.value;
  if (trouble === "written since") return <Said sentence={words.writtenSince} />;
  if (offer !== null) return <Question offer={offer} offering={offering} />;
  if (offering.kept.value.length > 0) return <Kept offering={offering} />;
  return null;
}

function Question({ offer, offering }: { offer: Offer; offering: Offering }) {
  return (
    <section class="offer" aria-label="Written before you signed in">
      <p>
        You wrote in this chat before you signed in ({whenAndWhere(offer)}).
        <br />
        Keep it in the account of <strong>{offer.account?.name}</strong>?
      </p>
      <Failed offering={offering} />
      <div class="row end">
        <button type="button" class="button" onClick={() => offering.leave()}>
          Not mine
        </button>
        <button type="button" class="button primary" onClick={() => offering.keep()}>
          Keep it
        </button>
      </div>
    </section>
  );
}

function Kept({ offering }: { offering: Offering }) {
  return (
    <div class="offer row" role="status">
      <p>{words.kept}</p>
      <Failed offering={offering} />
      <button type="button" class="link" onClick={() => offering.undo()}>
        Undo
      </button>
    </div>
  );
}

const Failed = ({ offering }: { offering: Offering }) =>
  offering.trouble.value === "failed" ? <p role="alert">{words.failed}</p> : null;

const Said = ({ sentence }: { sentence: string }) => (
  <p class="offer" role="status">
    {sentence}
  </p>
);

function whenAndWhere({ items: [first, ...rest] }: Offer): string {
  if (first === undefined) return "";
  const page = first.page === null ? "" : `, on ${path(first.page)}`;
  const more = rest.length > 0 ? `, and ${rest.length} more` : "";
  const when = stamp(first.started_at).replace(/^(Today|Yesterday)/, (day) => day.toLowerCase());
  return `${when}${page}${more}`;
}

function path(page: string): string {
  try {
    return new URL(page).pathname;
  } catch {
    return page;
  }
}
