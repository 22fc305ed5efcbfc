import type { Conversation, ConversationState, Message, StartedConversation } from "../protocol/wire";

/** The list after a message was stored: newest first; a repeated event changes nothing. */
export function noted(known: Conversation[], id: string, message: Message, isSeen = false): Conversation[] {
  const changed = known.map((conversation) => {
    if (conversation.id !== id || message.seq <= conversation.last_message.seq) return conversation;
    const unread = conversation.unread + (message.author.kind === "teammate" && !isSeen ? 1 : 0);
    return { ...conversation, last_message: message, unread };
  });
  return changed.sort(newestFirst);
}

export function startedWith(known: Conversation[], started: StartedConversation): Conversation[] {
  const { messages: _, ...conversation } = started;
  return joined(known, [conversation]);
}

/** An answer may be older than what was heard meanwhile, so it takes nothing away. */
export function joined(known: Conversation[], arrived: Conversation[]): Conversation[] {
  const byId = new Map(known.map((conversation) => [conversation.id, conversation]));
  for (const conversation of arrived) {
    const last = byId.get(conversation.id)?.last_message.seq ?? 0;
    if (conversation.last_message.seq >= last) byId.set(conversation.id, conversation);
  }
  return [...byId.values()].sort(newestFirst);
}

export const allRead = (known: Conversation[], id: string) =>
  known.map((conversation) => (conversation.id === id ? { ...conversation, unread: 0 } : conversation));

export const withState = (known: Conversation[], id: string, state: ConversationState) =>
  known.map((conversation) => (conversation.id === id ? { ...conversation, state } : conversation));

const newestFirst = (one: Conversation, other: Conversation) =>
  Date.parse(other.last_message.sent_at) - Date.parse(one.last_message.sent_at);
