import { batch, signal } from "@preact/signals";
import type { Refused } from "../../protocol/problem";
import { asRefused } from "./fetched";

interface Page<Item> {
  items: Item[];
  next_cursor: string | null;
}

/** What is listed newest first; older items are asked for page by page. An answer that was overtaken is dropped. */
export class Pages<Item> {
  readonly items = signal<readonly Item[] | null>(null);
  readonly next = signal<string | null>(null);
  readonly trouble = signal<Refused | null>(null);
  readonly isAsking = signal(false);
  #asked: string | null = null;
  #askings = 0;

  constructor(
    private readonly limit: number,
    private readonly question: (query: { limit: number; cursor: string | null }) => Promise<Page<Item>>,
  ) {}

  refresh(): Promise<void> {
    return this.#ask(null);
  }

  async older(): Promise<void> {
    const cursor = this.next.peek();
    if (cursor !== null && !this.isAsking.peek()) await this.#ask(cursor);
  }

  /** Whatever was asked last, and went wrong. */
  again(): Promise<void> {
    return this.#ask(this.#asked);
  }

  async #ask(cursor: string | null): Promise<void> {
    const asking = ++this.#askings;
    this.#asked = cursor;
    this.isAsking.value = true;
    try {
      const page = await this.question({ limit: this.limit, cursor });
      if (asking === this.#askings) this.#take(page, cursor !== null);
    } catch (trouble) {
      if (asking === this.#askings) this.trouble.value = asRefused(trouble);
    } finally {
      if (asking === this.#askings) this.isAsking.value = false;
    }
  }

  #take({ items, next_cursor }: Page<Item>, older: boolean): void {
    batch(() => {
      this.items.value = older ? [...(this.items.peek() ?? []), ...items] : items;
      this.next.value = next_cursor;
      this.trouble.value = null;
    });
  }
}
