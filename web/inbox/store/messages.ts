import type { TeamMessage } from "../../protocol/wire";
import { dayName } from "../words/times";

/** Both, each once, as the team saw them happen. */
export function merged(known: readonly TeamMessage[], more: readonly TeamMessage[]): TeamMessage[] {
  const byId = new Map([...known, ...more].map((message) => [message.id, message]));
  return [...byId.values()].sort((one, other) => one.team_seq - other.team_seq);
}

export interface Day {
  name: string;
  first: string;
  messages: TeamMessage[];
}

export function byDay(messages: readonly TeamMessage[], now: number): Day[] {
  const days: Day[] = [];
  for (const message of messages) {
    const name = dayName(message.sent_at, now);
    const day = days.at(-1);
    if (day?.name === name) day.messages.push(message);
    else days.push({ name, first: message.id, messages: [message] });
  }
  return days;
}

/** Follows the one before it closely enough to share its name and time. */
export function continues(message: TeamMessage, before: TeamMessage | undefined): boolean {
  if (before === undefined || message.kind === "event" || message.kind !== before.kind) return false;
  const sameAuthor = message.author.kind === before.author.kind && message.author.id === before.author.id;
  const soon = Date.parse(message.sent_at) - Date.parse(before.sent_at) < 5 * 60_000;
  return sameAuthor && soon && message.assurance === before.assurance;
}

/** The last answer of ours that the contact has seen. */
export function lastSeen(messages: readonly TeamMessage[], seen: number): string | null {
  const ours = messages.filter(
    ({ author, seq }) => author.kind === "teammate" && seq !== null && seq <= seen,
  );
  return ours.at(-1)?.id ?? null;
}
