import type { TeamConversation, TeamMessage } from "../../protocol/wire";
import type { View } from "../places";

export type Belongs = (conversation: TeamConversation) => boolean;

/** Which conversations a view shows, as the server would say it. */
export function belongsTo(view: View, teammate: string): Belongs {
  switch (view) {
    case "mine":
      return (line) => isOpen(line) && line.assignee?.id === teammate;
    case "unassigned":
      return (line) => isOpen(line) && line.assignee === null;
    case "all":
      return isOpen;
    case "closed":
      return ({ state, blocked }) => state === "closed" && !blocked;
    case "blocked":
      return ({ blocked }) => blocked;
  }
}

const isOpen: Belongs = ({ state, blocked }) => state === "open" && !blocked;

/** The list with this conversation where it belongs now: newest message first, or nowhere. */
export function placed(
  list: readonly TeamConversation[],
  conversation: TeamConversation,
  belongs: Belongs,
): TeamConversation[] {
  const others = list.filter(({ id }) => id !== conversation.id);
  return belongs(conversation) ? newestFirst([...others, conversation]) : others;
}

/**
 * What was loaded below a beginning that was asked anew. None, where the last line of that beginning does not stand as
 * it did: then more may have come between the two than was asked for.
 */
export function keptBelow(
  list: readonly TeamConversation[],
  head: readonly TeamConversation[],
): TeamConversation[] {
  const last = head.at(-1);
  const seam = list.findIndex((one) => one.id === last?.id && lastSaid(one) === lastSaid(last));
  if (seam < 0) return [];
  const known = new Set(head.map(({ id }) => id));
  return list.slice(seam + 1).filter(({ id }) => !known.has(id));
}

/** The list with one more page at its end; a row that moved up meanwhile stays where it is. */
export function withPage(
  list: readonly TeamConversation[],
  page: readonly TeamConversation[],
): TeamConversation[] {
  const known = new Set(list.map(({ id }) => id));
  return newestFirst([...list, ...page.filter(({ id }) => !known.has(id))]);
}

/**
 * What a new public message changes in its conversation's line. Notes and events change nothing there, nor does a
 * message that the line knows of: the row may have come before the event that tells of it.
 */
export function withMessage(
  conversation: TeamConversation,
  { kind, author, body, sent_at }: TeamMessage,
): TeamConversation {
  if (kind !== "public" || author.kind === "system") return conversation;
  if (Date.parse(sent_at) <= lastSaid(conversation)) return conversation;
  const unread = author.kind === "contact" ? conversation.unread + 1 : conversation.unread;
  const last_message = { author: { kind: author.kind, name: author.name }, body, sent_at };
  return { ...conversation, unread, last_message };
}

const lastSaid = (conversation: TeamConversation): number => Date.parse(conversation.last_message.sent_at);

const newestFirst = (list: TeamConversation[]): TeamConversation[] =>
  list.sort((one, other) => lastSaid(other) - lastSaid(one));
