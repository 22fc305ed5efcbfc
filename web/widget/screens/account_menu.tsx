import type { ComponentType } from "preact";
import { config } from "../config";
import type { Visit } from "../visit";
import { Addresses } from "./addresses";
import { Devices } from "./devices";
import { Readings } from "./readings";
import * as seldomWords from "./seldom_words";

/** Something of their account that a person looks at, above the panel. */
export type Look = ComponentType<{ visit: Visit; onClose: () => void }>;

/** What there is to look at. */
export function AccountMenu({ visit, onLook }: { visit: Visit; onLook: (Part: Look) => void }) {
  const look = (title: string, Part: Look) => (
    <button type="button" popoverTarget="menu" popoverTargetAction="hide" onClick={() => onLook(Part)}>
      {title}
    </button>
  );
  return (
    <>
      {look(seldomWords.devices, Devices)}
      {look(seldomWords.readings, Readings)}
      {config.links && visit.session.value?.history === "open" && look(seldomWords.addresses, Addresses)}
    </>
  );
}
