import type { Message } from "../protocol/wire";

/** In order of `seq`, each once: an event may be lost or repeated. */
export function merged(known: Message[], arrived: Message[]): Message[] {
  const bySeq = new Map([...known, ...arrived].map((message) => [message.seq, message]));
  return [...bySeq.values()].sort((one, other) => one.seq - other.seq);
}

export const lastSeq = (messages: Message[]) => messages.at(-1)?.seq ?? 0;

/** The last `seq` before something is missing: what the server is asked to go on from. */
export function lastSeqInRow(messages: Message[]): number {
  const gap = messages.findIndex((message, at) => at > 0 && message.seq !== (messages[at - 1]?.seq ?? 0) + 1);
  return gap < 0 ? lastSeq(messages) : (messages[gap - 1]?.seq ?? 0);
}

export const hasGap = (messages: Message[]) => lastSeqInRow(messages) !== lastSeq(messages);

export const isOwn = ({ author }: Message) => author.kind === "contact";

export const authorOf = (message: Message) => (isOwn(message) ? "You" : (message.author.name ?? "Team"));

/** The teammate who wrote last, by name. */
export const teammateOf = (messages: Message[]) =>
  messages.filter(({ author }) => author.kind === "teammate").at(-1)?.author.name ?? null;
