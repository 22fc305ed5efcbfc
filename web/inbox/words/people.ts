import type { Assurance, ContactRef, IdentityRef, TeamConversation } from "../../protocol/wire";

/** How a contact is titled, and whether that title is proved. A claim stands in quotes, never as a name of record. */
export interface Title {
  words: string;
  proved: boolean;
  claim: boolean;
}

export function titleOf(contact: ContactRef): Title {
  if (contact.proved_name !== null) return { words: contact.proved_name, proved: true, claim: false };
  if (contact.kind === "user") return { words: `User ${numberOf(contact)}`, proved: true, claim: false };
  const claim = contact.claimed_email ?? contact.claimed_name;
  if (claim !== null) return { words: `“${claim}”`, proved: false, claim: true };
  return { words: `Visitor ${numberOf(contact)}`, proved: false, claim: false };
}

/** The title of a conversation's contact: the owner's proof names a user who has no name of record. */
export function titleIn(conversation: Pick<TeamConversation, "contact" | "owner">): Title {
  const title = titleOf(conversation.contact);
  const nameless = conversation.contact.kind === "user" && conversation.contact.proved_name === null;
  return nameless && conversation.owner !== null ? { ...title, words: nameOf(conversation.owner) } : title;
}

export const nameOf = (identity: IdentityRef): string => identity.name ?? identity.email ?? idOf(identity);

/** The site's own id of a user: of an old hash it stands behind the product and the kind of identifier. */
const idOf = ({ provider, subject }: IdentityRef): string =>
  provider === "legacy" ? subject.split(":").slice(2).join(":") : subject;

/** Nobody proved who wrote this. */
export const isUnproved = (assurance: Assurance): boolean => assurance === "none" || assurance === "claimed";

export const HOW_PROVED: Record<Assurance, string> = {
  none: "Nothing is proved",
  claimed: "Typed, not proved",
  legacy: "Proved by an old hash",
  mailbox: "Proved by a code sent to the mailbox",
  signed: "Proved",
};

const PROVIDERS: Record<string, string> = {
  site: "your site",
  mailbox: "a code sent to the mailbox",
  oidc: "their own login",
  legacy: "an old hash",
  test: "a token for trying",
};

export const providerName = (provider: string): string => PROVIDERS[provider] ?? provider;

// UUIDv7 begins with the time, so the end is what tells two visitors apart.
const numberOf = (contact: ContactRef): string => contact.id.slice(-4).toUpperCase();

export const counted = (amount: number, one: string, many: string): string =>
  `${amount} ${amount === 1 ? one : many}`;
