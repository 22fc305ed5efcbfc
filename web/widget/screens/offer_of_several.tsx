import { useState } from "preact/hooks";
import type { Offer } from "../../protocol/wire";
import type { Offering } from "../offer";
import { stamp } from "../times";
import { FirstLine } from "./first_line";
import { keep, leave } from "./offer_acts";
import { Answers } from "./offer_answers";
import * as seldomWords from "./seldom_words";
import { whenAndWhere } from "./when_and_where";

/** Several conversations, of which each may be somebody else's. Only `always` chooses any of them beforehand. */
export function Several({ offer, offering }: { offer: Offer; offering: Offering }) {
  const all = offer.items.map((item) => item.conversation_id);
  const [chosen, choose] = useState(offer.adopt === "always" ? all : []);
  const [isUnanswered, setUnanswered] = useState(false);
  const toggle = (id: string) =>
    choose(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id]);
  const keepChosen = () => (chosen.length > 0 ? keep(offering, chosen) : setUnanswered(true));
  return (
    <>
      <p>
        {seldomWords.offerWhat}. {seldomWords.offerAskWhich} <strong>{offer.account?.name}</strong>?
      </p>
      <ul class="choices">
        {offer.items.map((item) => (
          <li key={item.conversation_id}>
            <label>
              <input
                type="checkbox"
                checked={chosen.includes(item.conversation_id)}
                onChange={() => toggle(item.conversation_id)}
              />
              {whenAndWhere(item, stamp)}
            </label>
            <FirstLine of={item} offering={offering} />
          </li>
        ))}
      </ul>
      <p class="quiet-text">{seldomWords.offerRest}</p>
      {isUnanswered && chosen.length === 0 && <p role="alert">{seldomWords.offerChoose}</p>}
      <Answers
        offer={offer}
        no={seldomWords.offerNothingMine}
        yes={seldomWords.offerKeepChosen}
        onNo={() => leave(offering)}
        onYes={keepChosen}
      />
    </>
  );
}
