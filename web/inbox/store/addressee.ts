import type { Contact, ProvedIdentity, TeamStart } from "../../protocol/wire";
import { isUnproved } from "../words/people";

export type Addressee = Pick<TeamStart, "identity"> | Pick<TeamStart, "session_id">;

/** The users of the site, of its tests, or of its old hashes, that this contact has proved to be: by the site's ids. */
export const provedSubjectsOf = ({ identities }: Contact): string[] =>
  identities.filter(vouchedForBySite).map(({ subject }) => subject);

const vouchedForBySite = ({ provider, proved_at }: ProvedIdentity): boolean =>
  proved_at !== null && ["site", "test", "legacy"].includes(provider);

/** For whom the team can start a conversation here: the proved identity, else one living session of a lead. */
export function addresseeOf({ identities, sessions }: Contact): Addressee | null {
  const known = identities.find(({ provider }) => provider === "site");
  if (known !== undefined) return { identity: { provider: "site", subject: known.subject } };
  const living = sessions.find(({ ended_at, assurance }) => ended_at === null && isUnproved(assurance));
  return living === undefined ? null : { session_id: living.id };
}
