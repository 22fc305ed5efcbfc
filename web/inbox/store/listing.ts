import { batch, signal } from "@preact/signals";
import type { Refused } from "../../protocol/problem";
import type { TeamConversation, TeamConversationList } from "../../protocol/wire";
import type { Api } from "../api";
import { asRefused } from "./fetched";
import { type Belongs, keptBelow, placed, withPage } from "./ordering";

type Query = Record<"state" | "assignee" | "q", string | null>;

const PAGE = 50;

/** One list of conversations: its head kept fresh, more of it loaded by cursor, events placed as they come. */
export class Listing {
  readonly items = signal<readonly TeamConversation[]>([]);
  readonly cursor = signal<string | null>(null);
  readonly loaded = signal(false);
  readonly loadingMore = signal(false);
  readonly trouble = signal<Refused | null>(null);
  #askings = 0;
  #placedSince: TeamConversation[] = [];

  constructor(
    private readonly api: Api,
    private readonly query: Query,
    private readonly belongs: Belongs,
  ) {}

  async refresh(): Promise<void> {
    const asking = ++this.#askings;
    this.#placedSince = [];
    try {
      const head = await this.#page(null);
      if (asking === this.#askings) this.#takeHead(head);
    } catch (trouble) {
      if (asking === this.#askings) this.trouble.value = asRefused(trouble);
    }
  }

  async more(): Promise<void> {
    const cursor = this.cursor.peek();
    if (cursor === null || this.loadingMore.peek()) return;
    this.loadingMore.value = true;
    try {
      const page = await this.#page(cursor);
      if (cursor === this.cursor.peek()) this.#takePage(page);
    } catch (trouble) {
      this.trouble.value = asRefused(trouble);
    } finally {
      this.loadingMore.value = false;
    }
  }

  find(id: string): TeamConversation | undefined {
    return this.items.peek().find((conversation) => conversation.id === id);
  }

  place(conversation: TeamConversation): void {
    this.#placedSince.push(conversation);
    this.items.value = placed(this.items.peek(), conversation, this.belongs);
  }

  #page(cursor: string | null): Promise<TeamConversationList> {
    return this.api.get("/conversations", { ...this.query, cursor, limit: PAGE });
  }

  /** An event that came while the head was on its way may be newer than the head. */
  #takeHead({ items, next_cursor }: TeamConversationList): void {
    const below = next_cursor === null ? [] : keptBelow(this.items.peek(), items);
    let list = [...items, ...below];
    for (const conversation of this.#placedSince) list = placed(list, conversation, this.belongs);
    batch(() => {
      this.items.value = list;
      if (below.length === 0) this.cursor.value = next_cursor;
      this.loaded.value = true;
      this.trouble.value = null;
    });
  }

  #takePage({ items, next_cursor }: TeamConversationList): void {
    batch(() => {
      this.items.value = withPage(this.items.peek(), items);
      this.cursor.value = next_cursor;
      this.trouble.value = null;
    });
  }
}
