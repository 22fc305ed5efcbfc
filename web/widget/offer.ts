import { signal } from "@preact/signals";
import { Refused } from "../protocol/problem";
import type { Adopted, Offer } from "../protocol/wire";
import type { Api } from "./api";

/** What was written in this browser before the sign-in: the person says whether it is theirs. */
export class Offering {
  readonly offer = signal<Offer | null>(null);
  readonly kept = signal<Adopted[]>([]);
  readonly trouble = signal<"none" | "written since" | "failed">("none");
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

  /** These are kept; the others are left, and closed to everybody who comes here. */
  keep(ids: string[]): Promise<void> {
    return this.#attempt(async () => {
      this.kept.value = (await this.#api.adopt(ids)).items;
      this.offer.value = null;
      await this.#changed();
    });
  }

  /** Asked for when the person wants to see it, and no sooner: others may look on. */
  firstLine(id: string): Promise<string> {
    return this.#api.firstLine(id).then(({ body }) => body);
  }

  leave(): Promise<void> {
    return this.#attempt(async () => {
      await this.#api.adopt([]);
      this.offer.value = null;
    });
  }

  undo(): Promise<void> {
    return this.#attempt(async () => {
      for (const { id } of this.kept.value) await this.#api.undoAdoption(id);
      this.settle();
      await this.#changed();
      await this.look();
    });
  }

  /** What was kept can be undone until something is written. */
  settle(): void {
    this.kept.value = [];
  }

  async #attempt(act: () => Promise<void>): Promise<void> {
    this.trouble.value = "none";
    try {
      await act();
    } catch (error) {
      if (this.#api.epoch.isOver) return;
      if (!(error instanceof Refused)) throw error;
      this.trouble.value = error.status === 409 ? "written since" : "failed";
      if (error.status === 409) this.settle();
    }
  }
}
