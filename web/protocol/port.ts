import type { LegacyProof } from "./wire";

/**
 * What goes over the port between the loader, on the customer's page, and the panel, in the chat's frame: a name,
 * then what belongs to it. Nothing that anybody wrote is among it. The page may show and end the panel; the panel
 * may ask the page who is there, and tells it the events that a page may listen to.
 */

/** How the page proves who is there: by an identity token, or, in the time of a move, by another product's hash. */
export type Proof = string | LegacyProof;

/**
 * Who the page says is there. A half-filled answer is an error, never a visitor. `ever`: the page chose no way to name
 * people, so that it says nothing of who is there now.
 */
export type Who = { token: Proof } | { nobody: true | "ever" } | { error: string };

export type ToPanel =
  | ["shown", shown: boolean, accent: string | undefined]
  | ["who", ask: number, who: Who, page: string]
  | ["changed"]
  | ["shutdown"];

export type IdentityEvent = { state: "proved" | "nobody" | "failed"; reason?: string };

export type ToLoader =
  | ["ask", ask: number]
  | ["running", running: boolean]
  | ["hide"]
  | ["gone"]
  | ["unread", count: number]
  | ["identity", said: IdentityEvent]
  | ["identity:expired"]
  | ["identity:failed", reason: string];
