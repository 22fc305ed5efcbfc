import { useState } from "preact/hooks";
import { config } from "../config";
import { reception } from "../desk";
import type { Visit } from "../visit";
import { words } from "../words";
import { Addresses, Devices } from "./later";
import { Leaving } from "./leaving";

/** Who is proved here, where else; and how that ends: in this browser, unless the site's own sign-out does it; or in
 * every one. */
export function Account({ visit }: { visit: Visit }) {
  const [Sheet, show] = useState<typeof Devices | null>(null);
  const session = visit.session.value;
  const contact = session?.contact;
  if (contact?.kind !== "user") return null;
  const sheet = (title: string, Part: typeof Devices) => (
    <button type="button" popoverTarget="menu" popoverTargetAction="hide" onClick={() => show(() => Part)}>
      {title}
    </button>
  );
  return (
    <>
      <Leaving
        opener={{ class: "account", children: contact.name ?? words.account }}
        question={[words.signOutAsk, words.signOutWhat, words.signOutStay, words.signOutEverywhere]}
        onLeave={() => reception.signOutEverywhere()}
      >
        {sheet(words.devices, Devices)}
        {config.links && session?.history === "open" && sheet(words.addresses, Addresses)}
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
