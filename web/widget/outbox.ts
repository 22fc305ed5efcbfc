import { signal } from "@preact/signals";
import { Refused } from "../protocol/problem";
import { delayAfter, isPassing } from "./backoff";
import type { Epoch } from "./epoch";
import type { Thread } from "./thread";

export interface Outgoing {
  clientId: string;
  thread: Thread;
  body: string;
  state: "sending" | "failed";
  reason: string | null;
}

/**
 * What was written and isn't stored yet, sent one after the other so that it arrives in order. Each keeps its
 * `clientId` through every retry, so that an answer that was lost stores nothing twice.
 */
export class Outbox {
  readonly items = signal<Outgoing[]>([]);
  readonly isWaiting = signal(false);
  readonly #epoch: Epoch;
  readonly #deliver: (item: Outgoing) => Promise<void>;
  #isRunning = false;
  #attempts = 0;
  #wake = () => {};

  constructor(epoch: Epoch, deliver: (item: Outgoing) => Promise<void>) {
    this.#epoch = epoch;
    this.#deliver = deliver;
  }

  add(thread: Thread, body: string): void {
    const item = { clientId: crypto.randomUUID(), thread, body, state: "sending", reason: null } as const;
    this.items.value = [...this.items.value, item];
    this.#run();
  }

  retry(clientId: string): void {
    this.#mark(clientId, "sending", null);
    this.#run();
  }

  /** The connection is back: no need to wait any longer. */
  hurry(): void {
    this.#wake();
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    for (let item = this.#next(); item !== undefined; item = this.#next()) await this.#attempt(item);
    this.#isRunning = false;
  }

  #next(): Outgoing | undefined {
    return this.#epoch.isOver ? undefined : this.items.value.find(({ state }) => state === "sending");
  }

  async #attempt(item: Outgoing): Promise<void> {
    try {
      await this.#deliver(item);
      this.items.value = this.items.value.filter(({ clientId }) => clientId !== item.clientId);
      this.#attempts = 0;
    } catch (error) {
      if (this.#epoch.isOver) return;
      const refused = error instanceof Refused ? error : new Refused(0, "unknown", "");
      if (isPassing(refused)) await this.#wait(refused);
      else this.#mark(item.clientId, "failed", refused.detail);
    }
  }

  async #wait(refused: Refused): Promise<void> {
    const delay = delayAfter(refused, this.#attempts);
    this.#attempts += 1;
    this.isWaiting.value = refused.status === 0;
    const woken = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    await Promise.race([this.#epoch.pause(delay), woken]);
    this.isWaiting.value = false;
  }

  #mark(id: string, state: Outgoing["state"], reason: string | null): void {
    this.items.value = this.items.value.map((item) =>
      item.clientId === id ? { ...item, state, reason } : item,
    );
  }
}
