import { reception } from "../desk";
import type { Visit } from "../visit";
import { words } from "../words";
import { Leaving } from "./leaving";

/** Who is proved here, and how that ends: in this browser, unless the site's own sign-out does it; or in every one. */
export function Account({ visit }: { visit: Visit }) {
  const contact = visit.session.value?.contact;
  if (contact?.kind !== "user") return null;
  return (
    <Leaving
      opener={{ class: "account", children: contact.name ?? words.account }}
      question={[words.signOutAsk, words.signOutWhat, words.signOutStay, words.signOutEverywhere]}
      onLeave={() => reception.signOutEverywhere()}
    >
      {visit.standing === "mailed" && (
        <button type="button" onClick={() => reception.signOut()}>
          {words.signOut}
        </button>
      )}
    </Leaving>
  );
}
