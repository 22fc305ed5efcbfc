/** A browser fires a longer one at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * One person's time at this panel. Whatever was begun in it (requests, timers, listeners) stops when it is over, so
 * that an answer that arrives late for an earlier person is dropped.
 */
export class Epoch {
  readonly #ending = new AbortController();
  readonly #timers = new Set<number>();

  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  get isOver(): boolean {
    return this.signal.aborted;
  }

  end(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#ending.abort();
  }

  after(milliseconds: number, act: () => void): () => void {
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        act();
      },
      Math.min(milliseconds, LONGEST_TIMER),
    );
    return this.#keep(timer);
  }

  every(milliseconds: number, act: () => void): () => void {
    return this.#keep(setInterval(act, milliseconds));
  }

  pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(milliseconds, resolve);
    });
  }

  whenOver(act: () => void): void {
    this.signal.addEventListener("abort", act, { once: true });
  }

  /** Browsers number both kinds of timer in one row, and clear either by its number. */
  #keep(timer: number): () => void {
    if (this.isOver) clearTimeout(timer);
    else this.#timers.add(timer);
    return () => {
      clearTimeout(timer);
      this.#timers.delete(timer);
    };
  }
}
