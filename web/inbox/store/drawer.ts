import type { Signal } from "@preact/signals";
import type { Drafts } from "./drafts";
import type { Pending } from "./outbox";

/** What a teammate wrote, and nobody has got yet. */
export interface Unsent {
  drafts: Drafts;
  pending: Signal<readonly Pending[]>;
}

/**
 * Where a teammate's words lie from a session that ended under their hands to the next one: in this page's memory, and
 * for them alone. Whoever else sits down finds it empty, and leaves it so.
 */
export class Drawer {
  #kept: { teammate: string; unsent: Unsent } | null = null;

  keep(teammate: string, unsent: Unsent): void {
    this.#kept = { teammate, unsent };
  }

  takeOut(teammate: string): Unsent | null {
    const kept = this.#kept;
    this.#kept = null;
    return kept?.teammate === teammate ? kept.unsent : null;
  }

  empty(): void {
    this.#kept = null;
  }
}
