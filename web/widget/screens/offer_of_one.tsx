import type { Offer, OfferedConversation } from "../../protocol/wire";
import type { Offering } from "../offer";
import { FirstLine } from "./first_line";
import { keep, leave } from "./offer_acts";
import { Answers } from "./offer_answers";
import * as seldomWords from "./seldom_words";
import { whenAndWhere } from "./when_and_where";

/** One conversation: it is theirs, or it is not. */
export function One({
  offer,
  first,
  offering,
}: {
  offer: Offer;
  first: OfferedConversation;
  offering: Offering;
}) {
  return (
    <>
      <p>
        {seldomWords.offerWhat} ({whenAndWhere(first)}).
      </p>
      <FirstLine of={first} offering={offering} />
      <p>
        {seldomWords.offerAsk} <strong>{offer.account?.name}</strong>?
      </p>
      <Answers
        offer={offer}
        no={seldomWords.offerNotMine}
        yes={seldomWords.offerKeep}
        onNo={() => leave(offering)}
        onYes={() => keep(offering, [first.conversation_id])}
      />
    </>
  );
}
