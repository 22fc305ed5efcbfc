import type { Contact, ProvedIdentity, TeamStart } from "../../protocol/wire";
import { isUnproved } from "../words/people";

type Addressee = Pick<TeamStart, "identity"> | Pick<TeamStart, "session_id">;

/** Whom this contact has proved to be, as far as that can still be proved. */
export const provedIdentitiesOf = ({ identities }: Contact): ProvedIdentity[] =>
  identities.filter(({ proved_at, retired_at }) => proved_at !== null && !retired_at);

/**
 * For whom the team can start a conversation here: the proved identity, else one living session of a lead. An id that
 * was retired may be somebody else's by now.
 */
export function addresseeOf({ identities, sessions }: Contact): Addressee | null {
  const known = identities.find(({ provider, retired_at }) => provider === "site" && !retired_at);
  if (known !== undefined) return { identity: { provider: "site", subject: known.subject } };
  const living = sessions.find(({ ended_at, assurance }) => ended_at === null && isUnproved(assurance));
  return living === undefined ? null : { session_id: living.id };
}
