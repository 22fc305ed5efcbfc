import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Offering } from "../offer";
import * as words from "../words";

type Seldom = typeof import("./seldom");

/** A part of the panel that few people open. It is fetched once, when the first of them is shown. */
function later<Props extends object>(pick: (parts: Seldom) => ComponentType<Props>) {
  return function Later(props: Props) {
    const [Part, show] = useState<ComponentType<Props> | null>(null);
    const [hasFailed, setFailed] = useState(false);
    useEffect(() => {
      import("./seldom").then(
        (parts) => show(() => pick(parts)),
        () => setFailed(true),
      );
    }, []);
    if (hasFailed) return <p role="alert">{words.failed}</p>;
    return Part && <Part {...props} />;
  };
}

export const AccountMenu = later((parts) => parts.AccountMenu);
export const CodeByMail = later((parts) => parts.CodeByMail);
export const SignInAt = later((parts) => parts.SignInAt);
export const SharedComputer = later((parts) => parts.SharedComputer);
export const WhyLocked = later((parts) => parts.WhyLocked);

const DueOffer = later((parts) => parts.OfferCard);
export const OfferCard = ({ offering }: { offering: Offering }) =>
  offering.isDue ? <DueOffer offering={offering} /> : null;
