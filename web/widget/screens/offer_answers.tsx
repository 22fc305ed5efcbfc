import type { Offer } from "../../protocol/wire";
import * as seldomWords from "./seldom_words";

interface Props {
  offer: Offer;
  no: string;
  yes: string;
  onNo: () => void;
  onYes: () => void;
}

/** Two answers of one weight; where the workspace says `always`, keeping comes first and is the one to expect. */
export function Answers({ offer, no, yes, onNo, onYes }: Props) {
  const isExpected = offer.adopt === "always";
  const leave = (
    <button key="no" type="button" class="button" onClick={onNo}>
      {no}
    </button>
  );
  const keep = (
    <button key="yes" type="button" class={isExpected ? "button primary" : "button"} onClick={onYes}>
      {yes}
    </button>
  );
  return (
    <>
      {isExpected && <p class="quiet-text">{seldomWords.offerShared}</p>}
      <div class="row end">{isExpected ? [keep, leave] : [leave, keep]}</div>
    </>
  );
}
