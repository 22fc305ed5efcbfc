import { batch, signal } from "@preact/signals";
import type { Refused } from "../../protocol/problem";
import type { SessionStory, TimeLine } from "../../protocol/wire";
import { asRefused } from "./fetched";

const PAGE = 10;

/** A contact's sessions with what happened in each, the newest first; older ones are asked for page by page. */
export class Stories {
  readonly items = signal<readonly SessionStory[] | null>(null);
  readonly next = signal<string | null>(null);
  readonly trouble = signal<Refused | null>(null);

  constructor(
    private readonly question: (query: { limit: number; cursor: string | null }) => Promise<TimeLine>,
  ) {}

  refresh(): Promise<void> {
    return this.#ask(null);
  }

  older(): Promise<void> {
    return this.#ask(this.next.peek());
  }

  async #ask(cursor: string | null): Promise<void> {
    try {
      const { items, next_cursor } = await this.question({ limit: PAGE, cursor });
      batch(() => {
        this.items.value = cursor === null ? items : [...(this.items.peek() ?? []), ...items];
        this.next.value = next_cursor;
        this.trouble.value = null;
      });
    } catch (trouble) {
      this.trouble.value = asRefused(trouble);
    }
  }
}
