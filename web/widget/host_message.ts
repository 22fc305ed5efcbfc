import type { Proof, ToPanel, Who } from "../protocol/port";
import type { LegacyProof } from "../protocol/wire";

/** What the page said, if it is something that the panel knows. */
export function parseHostMessage(said: unknown): ToPanel | null {
  if (!Array.isArray(said)) return null;
  const [name, first, second, third] = said;
  if (name === "changed" || name === "shutdown") return [name];
  if (name === "shown" && typeof first === "boolean") return [name, first, text(second)];
  if (name === "who" && typeof first === "number") return [name, first, parseWho(second), text(third) ?? ""];
  return null;
}

/** Half an answer is an error: it never makes somebody a visitor. */
function parseWho(said: unknown): Who {
  const { token, nobody, error } = (said ?? {}) as Record<string, unknown>;
  if (text((token as LegacyProof | null)?.hash ?? token)) return { token: token as Proof };
  if (nobody === true || nobody === "ever") return { nobody };
  return { error: text(error) ?? "shape" };
}

const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);
