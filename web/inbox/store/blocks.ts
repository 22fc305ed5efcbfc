import type { Contact } from "../../protocol/wire";
import { isUnproved } from "../words/people";

/** What a block of this contact is of: its identities, or else the sessions that proved nothing; never an address. */
export function blockablesOf({ identities, sessions }: Contact): string[] {
  if (identities.length > 0) return identities.map(({ id }) => `/identities/${id}`);
  return sessions.filter(({ assurance }) => isUnproved(assurance)).map(({ id }) => `/sessions/${id}`);
}

export const isBlocked = ({ identities, sessions }: Contact): boolean =>
  [...identities, ...sessions].some(({ blocked_at }) => blocked_at);
