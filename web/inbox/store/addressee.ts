import type { Contact, TeamStart } from "../../protocol/wire";
import { isUnproved } from "../words/people";

export type Addressee = Pick<TeamStart, "identity"> | Pick<TeamStart, "session_id">;

/** For whom the team can start a conversation here: the proved identity, else one living session of a lead. */
export function addresseeOf({ identities, sessions }: Contact): Addressee | null {
  const known = identities.find(({ provider }) => provider === "site");
  if (known !== undefined) return { identity: { provider: "site", subject: known.subject } };
  const living = sessions.find(({ ended_at, assurance }) => ended_at === null && isUnproved(assurance));
  return living === undefined ? null : { session_id: living.id };
}
