import type { AuditEntry, Teammate } from "../../protocol/wire";

/** An id of the log beside the word for what it is, or the name of the teammate whose it is. */
export interface NamedId {
  what: string;
  id: string;
}

/** Whose ids an event holds: who acted, on what, in which conversation and session. */
export function idsOf(event: AuditEntry, teammates: readonly Teammate[]): NamedId[] {
  const { actor, actor_id, about, subject_id, conversation_id, session_id } = event;
  // Who proved nothing acts as their session, which is told once.
  const acting = actor_id === session_id ? null : actor_id;
  const ids: [string, string | null][] = [
    [actor === "contact" ? "identity" : actor, acting],
    [about ?? "subject", subject_id],
    ["conversation", conversation_id],
    ["session", session_id],
  ];
  return ids.flatMap(([what, id]) => (id === null ? [] : [{ what: nameIn(teammates, id) ?? what, id }]));
}

const nameIn = (teammates: readonly Teammate[], id: string): string | undefined =>
  teammates.find((teammate) => teammate.id === id)?.name;

/** Its end: such an id begins with the time, which it shares with whatever was made in the same moment. */
export const shortId = (id: string): string => id.slice(-6);

/** What vouches for an event. */
export function sealWords({ seal, erased }: AuditEntry): string {
  const sealed = seal === null ? "Not sealed yet" : `Seal ${seal}`;
  return erased ? `${sealed} · Erased` : sealed;
}
