import { batch, signal } from "@preact/signals";
import { Refused } from "../../protocol/problem";

/** What the server last answered to one question. An answer that a newer asking overtook is dropped. */
export class Fetched<Answer> {
  readonly value = signal<Answer | null>(null);
  readonly trouble = signal<Refused | null>(null);
  #askings = 0;

  constructor(private readonly question: () => Promise<Answer>) {}

  async refresh(): Promise<void> {
    const asking = ++this.#askings;
    try {
      const answer = await this.question();
      if (asking === this.#askings) this.#settle(answer, null);
    } catch (trouble) {
      if (asking === this.#askings) this.#settle(this.value.peek(), asRefused(trouble));
    }
  }

  /** For another question of the same kind: what was answered before is no answer to it. */
  forget(): void {
    this.#settle(null, null);
  }

  #settle(value: Answer | null, trouble: Refused | null): void {
    batch(() => {
      this.value.value = value;
      this.trouble.value = trouble;
    });
  }
}

/** A refusal as it is; anything else is a fault of ours, and is not hidden as one of the network's. */
export function asRefused(trouble: unknown): Refused {
  if (trouble instanceof Refused) return trouble;
  throw trouble;
}
