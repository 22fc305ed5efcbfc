import { signal } from "@preact/signals";
import { Refused } from "../protocol/problem";
import type { Adopted, Offer } from "../protocol/wire";
import type { Api } from "./api";

/** What was written in this browser before the sign-in: the person says whether it is theirs. */
export class Offering {
  readonly offer = signal<Offer | null>(null);
  readonly kept = signal<Adopted[]>([]);
  readonly cannotUndo = signal(false);
  readonly #api: Api;
  readonly #changed: () => Promise<void>;

  constructor(api: Api, changed: () => Promise<void>) {
    this.#api = api;
    this.#changed = changed;
  }

  async look(): Promise<void> {
    const offer = await this.#api.adoptable();
    this.offer.value = offer.items.length > 0 ? offer : null;
  }

  async keep(): Promise<void> {
    const ids = this.offer.value?.items.map((item) => item.conversation_id) ?? [];
    this.kept.value = (await this.#api.adopt(ids)).items;
    this.offer.value = null;
    await this.#changed();
  }

  async leave(): Promise<void> {
    await this.#api.adopt([]);
    this.offer.value = null;
  }

  /** What was kept can be undone until something is written. */
  settle(): void {
    this.kept.value = [];
  }

  async undo(): Promise<void> {
    try {
      for (const { id } of this.kept.value) await this.#api.undoAdoption(id);
    } catch (error) {
      this.cannotUndo.value = error instanceof Refused && error.status === 409;
    }
    this.settle();
    await this.#changed();
  }
}
