import { batch, computed, signal } from "@preact/signals";
import type { Refused } from "../../protocol/problem";
import type {
  Contact,
  SessionStory,
  TeamConversationDetail,
  TeamMessage,
  TeamMessagePage,
  Why,
} from "../../protocol/wire";
import type { Api } from "../api";
import { asRefused, Fetched } from "./fetched";
import { merged } from "./messages";
import { Pages } from "./pages";

const PAGE = 50;
const STORIES = 10;
const TYPING_FADES = 6_000;

/**
 * The conversation that is open. Another one is another Thread: an answer that comes late for this one lands
 * here, where nobody looks any more.
 */
export class Thread {
  readonly detail: Fetched<TeamConversationDetail>;
  readonly messages = signal<readonly TeamMessage[]>([]);
  readonly loaded = signal(false);
  readonly earlier = signal<number | null>(null);
  readonly loadingEarlier = signal(false);
  readonly trouble = signal<Refused | null>(null);
  readonly contactTyping = signal(false);
  readonly seen = signal(0);
  readonly contact = computed(() => this.detail.value.value?.contact ?? null);
  readonly person: Fetched<Contact>;
  readonly why: Fetched<Why>;
  readonly stories: Pages<SessionStory>;
  #typingFades = 0;
  #catchingUp: Promise<void> | null = null;
  #readTo = 0;

  constructor(
    private readonly api: Api,
    readonly id: string,
  ) {
    this.detail = new Fetched(() => api.get(this.#path()));
    this.person = new Fetched(() => api.get(`/contacts/${this.contact.peek()?.id}`));
    this.why = new Fetched(() => api.get(`/contacts/${this.contact.peek()?.id}/access`));
    this.stories = new Pages(STORIES, (query) =>
      api.get(`/contacts/${this.contact.peek()?.id}/timeline`, query),
    );
  }

  async load(): Promise<void> {
    await Promise.all([this.catchUp(), this.refreshDetail()]);
  }

  /** Who it is, and who will see an answer. */
  async refreshDetail(): Promise<void> {
    await this.detail.refresh();
    this.hearSeen(this.detail.value.peek()?.contact_read_seq ?? 0);
    if (this.contact.peek() !== null) await this.person.refresh();
  }

  /** What was written since the last message that is here; all of it, when nothing is here yet. */
  catchUp(): Promise<void> {
    this.#catchingUp ??= this.#catchUp().finally(() => {
      this.#catchingUp = null;
    });
    return this.#catchingUp;
  }

  async loadEarlier(): Promise<void> {
    const before = this.earlier.peek();
    if (before === null || this.loadingEarlier.peek()) return;
    this.loadingEarlier.value = true;
    await this.#asking(async () => {
      const page = await this.#page({ before });
      batch(() => {
        this.messages.value = merged(page.items, this.messages.peek());
        this.earlier.value = page.next_cursor;
      });
    });
    this.loadingEarlier.value = false;
  }

  /** The next message in order is taken as it is; where one is missing before it, both are asked for. */
  hear(message: TeamMessage): void {
    if (message.author.kind === "contact") this.#stopTyping();
    if (message.team_seq === this.lastSeq() + 1) this.messages.value = [...this.messages.peek(), message];
    else if (message.team_seq > this.lastSeq()) void this.catchUp();
  }

  hearTyping(): void {
    clearTimeout(this.#typingFades);
    this.contactTyping.value = true;
    this.#typingFades = setTimeout(() => this.#stopTyping(), TYPING_FADES);
  }

  hearSeen(seq: number): void {
    this.seen.value = Math.max(this.seen.peek(), seq);
  }

  /** Tells the server how far this teammate has read. A refusal changes nothing on the screen: the next read says more. */
  async markRead(): Promise<void> {
    const team_seq = this.lastSeq();
    if (team_seq <= this.#readTo) return;
    this.#readTo = team_seq;
    await this.api.post(`${this.#path()}/read`, { team_seq }).catch(() => {
      this.#readTo = 0;
    });
  }

  lastSeq(): number {
    return this.messages.peek().at(-1)?.team_seq ?? 0;
  }

  #path(): string {
    return `/conversations/${this.id}`;
  }

  #page(query: { before?: number; after?: number }): Promise<TeamMessagePage> {
    return this.api.get(`${this.#path()}/messages`, { ...query, limit: PAGE });
  }

  #loadNewest(): Promise<void> {
    return this.#asking(async () => {
      const page = await this.#page({});
      batch(() => {
        this.messages.value = merged(page.items, this.messages.peek());
        this.earlier.value = page.next_cursor;
        this.loaded.value = true;
      });
    });
  }

  async #catchUp(): Promise<void> {
    if (!this.loaded.peek()) return this.#loadNewest();
    await this.#asking(async () => {
      let after: number | null = this.lastSeq();
      while (after !== null) {
        const page: TeamMessagePage = await this.#page({ after });
        this.messages.value = merged(this.messages.peek(), page.items);
        after = page.next_cursor;
      }
    });
  }

  async #asking(act: () => Promise<void>): Promise<void> {
    try {
      await act();
      this.trouble.value = null;
    } catch (trouble) {
      this.trouble.value = asRefused(trouble);
    }
  }

  #stopTyping(): void {
    clearTimeout(this.#typingFades);
    this.contactTyping.value = false;
  }
}
