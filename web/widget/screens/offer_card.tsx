import type { Offer } from "../../protocol/wire";
import type { Offering } from "../offer";
import { stamp } from "../times";

/** Asks whether what was written here before the sign-in is this person's. Shows when and where, and no word of it. */
export function OfferCard({ offering }: { offering: Offering }) {
  const offer = offering.offer.value;
  if (offer !== null) return <Question offer={offer} offering={offering} />;
  if (offering.kept.value.length > 0) return <Kept undo={() => offering.undo()} />;
  if (offering.cannotUndo.value) return <Said sentence="Something was written there since, so it stays." />;
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

function Kept({ undo }: { undo: () => void }) {
  return (
    <div class="offer row" role="status">
      <p>It is kept in your account.</p>
      <button type="button" class="link" onClick={undo}>
        Undo
      </button>
    </div>
  );
}

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
