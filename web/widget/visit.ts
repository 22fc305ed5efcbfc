import { computed, effect, type Signal, signal } from "@preact/signals";
import { Refused } from "../protocol/problem";
import type { Claims, ContactEvent, Conversation, Message, SessionState } from "../protocol/wire";
import { Api } from "./api";
import { allRead, joined, noted, startedWith, withState } from "./conversations";
import { type Entered, enterAsLead } from "./entrance";
import { Epoch } from "./epoch";
import { Offering } from "./offer";
import { Outbox, type Outgoing } from "./outbox";
import type { Standing } from "./standing";
import { Stream } from "./stream";
import { Thread } from "./thread";

export type Notice = "signed-out" | "doubted" | "ended";

/** What a visit needs to know of the panel around it. */
export interface Surroundings {
  page(): string;
  isWatched: Signal<boolean>;
  /** The server ended the session. */
  over(visit: Visit, code: string): void;
  /** A chat runs, and should live on when the person goes to the next page. */
  running(): void;
}

/** How somebody comes to the panel. */
export interface Arrival {
  as: Exclude<Standing, "lead">;
  entered?: Entered | null;
  notice?: Notice;
  /** The refusal of the token that was not good, where somebody goes on without their history. */
  refusal?: string | null;
  /** The conversation that was open when a proof ended. */
  reopen?: string | null;
}

const TYPING_PAUSE = 3_000;
const CUT_SHOWS_AFTER = 1_500;
const LIST_EVERY = 5 * 60_000;

/**
 * One person at the panel, and all that is shown to them. A visit begins empty, is never handed to somebody else,
 * and when it is over it is thrown away whole: that is how the panel empties itself.
 */
export class Visit {
  readonly epoch = new Epoch();
  readonly session = signal<SessionState | null>(null);
  readonly conversations = signal<Conversation[]>([]);
  readonly nextCursor = signal<string | null>(null);
  readonly thread = signal<Thread | null>(null);
  readonly isCut = signal(false);
  /** Whether the conversations that were asked for last did not come. */
  readonly hasFailed = signal(false);
  readonly outbox = new Outbox(this.epoch, (item) => this.#deliver(item));
  readonly unread = computed(() => this.conversations.value.reduce((sum, { unread }) => sum + unread, 0));
  readonly offering: Offering;
  readonly #around: Surroundings;
  readonly #drafts = signal<Record<string, string>>({});
  readonly #readHere = new Map<string, number>();
  #api: Api;
  #stream: Stream | null = null;
  #typedAt = 0;
  #isRising = false;
  #lead: Promise<void> | null = null;

  constructor(
    around: Surroundings,
    readonly arrival: Arrival,
  ) {
    const { entered } = arrival;
    this.#around = around;
    this.#api = this.#apiWith(entered?.bearer ?? null);
    this.offering = new Offering(this.#api, () => this.reload());
    this.epoch.whenOver(effect(() => this.#markRead()));
    if (entered) this.#enter(entered);
  }

  get standing(): Standing {
    const { as } = this.arrival;
    return as === "visitor" && this.session.value !== null ? "lead" : as;
  }

  get isProved(): boolean {
    return ["proved", "signed", "mailed"].includes(this.standing);
  }

  get api(): Api {
    return this.#api;
  }

  /** What was typed and is not sent, in the open thread or for a new one. */
  get draft(): string {
    return this.#drafts.value[this.#openId] ?? "";
  }

  set draft(text: string) {
    this.#drafts.value = { ...this.#drafts.value, [this.#openId]: text };
  }

  open(id: string): void {
    const thread = new Thread(id);
    thread.state.value = this.conversations.value.find((known) => known.id === id)?.state ?? "open";
    this.thread.value = thread;
    this.read(thread);
  }

  /** What was said before that which is shown. */
  read(thread: Thread): void {
    this.#quietly(thread.read(this.#api));
  }

  loadMoreConversations(): void {
    const { value: cursor } = this.nextCursor;
    this.#quietly(cursor === null ? this.#look() : this.#loadConversations(cursor));
  }

  goHome(): void {
    this.thread.value = null;
  }

  /** Into the open thread, or into a new one. */
  write(body: string): void {
    this.thread.value ??= new Thread();
    this.offering.settle();
    this.outbox.add(this.thread.value, body);
  }

  typing(): void {
    const id = this.thread.value?.id.value;
    const now = Date.now();
    if (!id || now - this.#typedAt < TYPING_PAUSE) return;
    this.#typedAt = now;
    this.#stream?.tell({ type: "typing", conversation_id: id });
  }

  async claim(claims: Claims): Promise<void> {
    this.session.value = await this.#api.claim(claims);
  }

  /** A message, a code and a sign-in elsewhere are bound to a session. What is begun before there is one has the same. */
  async seated(): Promise<Api> {
    this.#lead ??= this.session.value === null ? this.#becomeLead() : null;
    await this.#lead;
    return this.#api;
  }

  /** The session that asked is closed by the one that opens, and its socket may hear of that first. */
  async rise(enter: (api: Api) => Promise<Entered>): Promise<Entered> {
    this.#isRising = true;
    try {
      return await enter(this.#api);
    } finally {
      this.#isRising = false;
    }
  }

  async #becomeLead(): Promise<void> {
    const { refusal } = this.arrival;
    const said = { page: this.#around.page(), ...(refusal && { refusal }) };
    try {
      this.#enter(await enterAsLead(this.epoch, said));
    } finally {
      this.#lead = null;
    }
  }

  #enter({ state, bearer }: Entered): void {
    this.#api = this.#apiWith(bearer);
    this.session.value = state;
    this.#stream = new Stream(this.epoch, bearer, {
      event: (event) => this.#hear(event),
      beat: () => this.#catchUp(),
      up: (isUp) => this.#connected(isUp),
      over: (code) => this.#isRising || this.#around.over(this, code),
      refusedToOpen: () => this.#quietly(this.#api.session()),
    });
    this.epoch.every(LIST_EVERY, () => this.#quietly(this.#look()));
    this.#quietly(this.#begin());
  }

  /** A lead has one chat, and finds it open; a user finds all of theirs, and what may be theirs. */
  async #begin(): Promise<void> {
    await this.#loadConversations();
    const [newest] = this.conversations.value;
    const found = this.isProved
      ? this.conversations.value.find(({ id }) => id === this.arrival.reopen)
      : newest;
    if (found !== undefined && this.thread.value === null) {
      this.#takeDraftTo(found.id);
      this.open(found.id);
    }
    if (this.isProved) await this.offering.look();
  }

  /** At the list anew; where nothing of it has come yet, all begins with it. */
  #look(): Promise<void> {
    const hasBegun = !this.hasFailed.value || this.conversations.value.length > 0;
    return hasBegun ? this.#loadConversations() : this.#begin();
  }

  async #loadConversations(cursor: string | null = null): Promise<void> {
    const { items, next_cursor } = await this.#api.conversations(cursor).catch((error) => {
      this.hasFailed.value = true;
      throw error;
    });
    this.hasFailed.value = false;
    // The first page comes again and again, and who has seen more of them has.
    if (cursor !== null || this.conversations.value.length === 0) this.nextCursor.value = next_cursor;
    this.conversations.value = joined(
      this.conversations.value,
      items.map((item) => this.#asRead(item)),
    );
    if (items.length > 0) this.#around.running();
  }

  /** The server may not have heard yet what was read here. */
  #asRead(item: Conversation): Conversation {
    const readUpTo = this.#readHere.get(item.id) ?? 0;
    return item.last_message.seq > readUpTo ? item : { ...item, unread: 0 };
  }

  /** When an adoption, a link or the end of one changed what is theirs, and there may be fewer than before. */
  async reload(): Promise<void> {
    this.goHome();
    this.conversations.value = [];
    await this.#loadConversations();
  }

  async #deliver({ thread, body, clientId }: Outgoing): Promise<void> {
    await this.seated();
    const id = thread.id.value;
    if (id === null) return this.#start(thread, body, clientId);
    if (!this.#stream?.isUp) return this.#stored(id, await this.#api.send(id, body, clientId));
    const sent = await this.#stream.send(id, body, clientId);
    this.#stored(id, sent.message);
  }

  async #start(thread: Thread, body: string, client_id: string): Promise<void> {
    const started = await this.#api.start({ body, client_id, page: this.#around.page() });
    if (this.thread.value === thread) this.#takeDraftTo(started.id);
    thread.id.value = started.id;
    thread.add(...started.messages);
    this.conversations.value = startedWith(this.conversations.value, started);
    this.#around.running();
  }

  #hear(event: ContactEvent): void {
    if (event.type === "ready") this.session.value = event.state;
    else if (event.type === "renewed") this.#renewedBySocket(event.proof);
    else if (event.type === "message" || event.type === "sent")
      this.#stored(event.conversation_id, event.message);
    else if (event.type === "state") this.#changedState(event.conversation_id, event.state);
    else if (event.type === "typing") this.#opened(event.conversation_id)?.hearTyping(this.epoch, event.name);
    else if (event.type === "seen") this.#opened(event.conversation_id)?.hearSeen(event.seq);
  }

  #stored(id: string, message: Message): void {
    if (!this.conversations.value.some((known) => known.id === id)) this.#quietly(this.#loadConversations());
    const thread = this.#opened(id);
    const isSeen = thread !== null && this.#around.isWatched.value;
    this.conversations.value = noted(this.conversations.value, id, message, isSeen);
    thread?.add(message);
    if (thread?.hasGap) this.#catchUp();
  }

  #changedState(id: string, state: Conversation["state"]): void {
    this.conversations.value = withState(this.conversations.value, id, state);
    const thread = this.#opened(id);
    if (thread) thread.state.value = state;
  }

  #renewedBySocket(proof: NonNullable<SessionState["proof"]>): void {
    if (this.session.value) this.session.value = { ...this.session.value, proof };
  }

  #connected(isUp: boolean): void {
    if (!isUp) this.epoch.after(CUT_SHOWS_AFTER, () => this.#showCut());
    // What was said before the socket heard, nothing else tells: it goes on from here, and from the open thread.
    else this.#quietly(this.#look());
    if (isUp) this.isCut.value = false;
    if (isUp) this.outbox.hurry();
  }

  #showCut(): void {
    this.isCut.value = this.#stream?.isUp === false;
  }

  #catchUp(): void {
    const thread = this.thread.value;
    const id = thread?.id.value;
    if (!thread || !id) return;
    const seq = thread.lastSeqInRow;
    if (seq === 0) this.read(thread);
    else if (this.#stream?.isUp) this.#stream.tell({ type: "resume", seen: { [id]: seq } });
    // Where a network lets no socket through.
    else this.#quietly(this.#api.messages(id).then(({ items }) => thread.add(...items)));
  }

  #markRead(): void {
    const thread = this.thread.value;
    const id = thread?.id.value;
    if (!thread || !id || !this.#around.isWatched.value || !thread.hasUnread()) return;
    const seq = thread.lastSeq.value;
    thread.readUpTo.value = seq;
    this.#readHere.set(id, seq);
    if (this.#stream?.isUp) this.#stream.tell({ type: "read", conversation_id: id, seq });
    else this.#quietly(this.#api.read(id, seq));
    this.conversations.value = allRead(this.conversations.peek(), id);
  }

  get #openId(): string {
    return this.thread.value?.id.value ?? "";
  }

  /** What somebody types before they are anywhere goes along to where they come. */
  #takeDraftTo(id: string): void {
    const { "": begun = "", ...others } = this.#drafts.value;
    this.#drafts.value = { [id]: begun, ...others };
  }

  #opened(id: string): Thread | null {
    return this.thread.value?.id.value === id ? this.thread.value : null;
  }

  #apiWith(bearer: string | null): Api {
    return new Api(bearer, this.epoch, (code) => this.#around.over(this, code));
  }

  /** What can be asked again later, or was dropped with its epoch, disturbs nobody. */
  #quietly(asked: Promise<unknown>): void {
    asked.catch((error) => {
      if (!(error instanceof Refused || this.epoch.isOver)) throw error;
    });
  }
}
