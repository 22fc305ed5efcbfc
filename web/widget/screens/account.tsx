import { useState } from "preact/hooks";
import { reception } from "../desk";
import type { Visit } from "../visit";
import * as words from "../words";
import type { Look } from "./account_menu";
import { AccountMenu } from "./later";
import { Leaving } from "./leaving";

/** Who is proved here, where else; and how that ends: in this browser, unless the site's own sign-out does it; or in
 * every one. */
export function Account({ visit }: { visit: Visit }) {
  const [Sheet, show] = useState<Look | null>(null);
  const contact = visit.session.value?.contact;
  if (contact?.kind !== "user") return null;
  return (
    <>
      <Leaving
        opener={{ class: "account", children: contact.name ?? words.account }}
        question={[words.signOutAsk, words.signOutWhat, words.signOutStay, words.signOutEverywhere]}
        onLeave={() => reception.signOutEverywhere()}
      >
        <AccountMenu visit={visit} onLook={(Part) => show(() => Part)} />
        {visit.standing !== "proved" && (
          <button type="button" onClick={() => reception.signOut()}>
            {words.signOut}
          </button>
        )}
      </Leaving>
      {Sheet && <Sheet visit={visit} onClose={() => show(null)} />}
    </>
  );
}
