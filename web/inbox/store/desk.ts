import { effect, signal } from "@preact/signals";
import type { Refused } from "../../protocol/problem";
import type { Me, TeamConversation, TeamEvent, TeamMessage, TeamStart } from "../../protocol/wire";
import { go, path } from "../address";
import { Api } from "../api";
import { pathTo, placeAt, VIEWS, type View } from "../places";
import { Stream } from "../stream";
import { Drafts } from "./drafts";
import { asRefused } from "./fetched";
import { Listing } from "./listing";
import { belongsTo, withMessage } from "./ordering";
import { Outbox } from "./outbox";
import { Thread } from "./thread";

export type Sheet = "keys" | "palette" | "start" | "why";

const ASK_AGAIN = 30_000;
const TYPING_EVERY = 3_000;

/**
 * Everything that one signed-in teammate has in memory. Signing out drops it whole, so that nothing read by one
 * teammate can be left for the next.
 */
export class Desk {
  readonly api: Api;
  readonly stream: Stream;
  readonly outbox: Outbox;
  readonly drafts = new Drafts();
  readonly listings: Record<View, Listing>;
  readonly search = signal<Listing | null>(null);
  readonly words = signal("");
  readonly thread = signal<Thread | null>(null);
  readonly sheet = signal<Sheet | null>(null);
  readonly personShown = signal(false);
  readonly trouble = signal<Refused | null>(null);
  readonly #leaving: (() => void)[] = [];
  #toldTyping = 0;

  constructor(
    readonly me: Me,
    onSignedOut: () => void,
  ) {
    this.api = new Api(me.csrf, onSignedOut);
    this.outbox = new Outbox(this.api, (conversation, message) => this.#hearMessage(conversation, message));
    this.listings = listingsFor(this.api, me.teammate.id);
    this.stream = new Stream({
      ready: () => this.refresh(),
      hear: (event) => this.#hear(event),
      signedOut: onSignedOut,
    });
  }

  arrive(): void {
    this.stream.open();
    const asking = setInterval(() => this.refresh(), ASK_AGAIN);
    const onReturn = () => {
      if (document.visibilityState !== "visible") return;
      this.refresh();
      this.markRead();
    };
    document.addEventListener("visibilitychange", onReturn);
    const following = effect(() => this.#open(placeAt(path.value).conversation));
    this.#leaving.push(
      () => clearInterval(asking),
      () => document.removeEventListener("visibilitychange", onReturn),
      following,
    );
    for (const view of VIEWS) void this.listings[view].refresh();
  }

  leave(): void {
    for (const undo of this.#leaving) undo();
    this.stream.close();
    this.api.close();
  }

  /** The row is the truth: what events may have missed is asked for. */
  refresh(): void {
    for (const view of VIEWS) void this.listings[view].refresh();
    void this.search.peek()?.refresh();
    void this.thread.peek()?.catchUp();
    void this.thread.peek()?.refreshDetail();
    this.outbox.retryUnreached();
  }

  view(): View {
    return placeAt(path.value).view;
  }

  /** The list in front of the teammate: what is searched for, else the view. */
  shown(): Listing {
    return this.search.value ?? this.listings[this.view()];
  }

  searchFor(words: string): void {
    this.words.value = words;
    const q = words.trim();
    if (q === "") {
      this.search.value = null;
      return;
    }
    const found = new Listing(
      this.api,
      { state: null, assignee: null, q },
      ({ id }) => found.find(id) !== undefined,
    );
    this.search.value = found;
    void found.refresh();
  }

  async close(conversation: TeamConversation): Promise<void> {
    await this.#change(`/conversations/${conversation.id}/close`);
  }

  async reopen(conversation: TeamConversation): Promise<void> {
    await this.#change(`/conversations/${conversation.id}/reopen`);
  }

  async assign(conversation: TeamConversation, teammate_id: string | null): Promise<void> {
    await this.#change(`/conversations/${conversation.id}/assign`, { teammate_id });
  }

  /** Starts a conversation and opens it; a refusal is the caller's to show. */
  async start(asked: TeamStart): Promise<void> {
    const conversation = await this.api.post<TeamConversation>("/conversations", asked);
    this.#place(conversation);
    go(pathTo(this.view(), conversation.id));
  }

  /** Told to the contact, not for each letter. */
  tellTyping(conversation_id: string): void {
    if (Date.now() - this.#toldTyping < TYPING_EVERY) return;
    this.#toldTyping = Date.now();
    this.stream.send({ type: "typing", conversation_id });
  }

  /** What is in front of a teammate's eyes is read. */
  markRead(): void {
    const thread = this.thread.peek();
    if (thread === null || document.visibilityState !== "visible") return;
    void thread.markRead();
    this.#amend(thread.id, (conversation) => ({ ...conversation, unread: 0 }));
  }

  back(): void {
    if (this.personShown.peek()) this.personShown.value = false;
    else go(pathTo(this.view()));
  }

  #open(conversation: string | null): void {
    if (this.thread.peek()?.id === conversation) return;
    this.personShown.value = false;
    this.thread.value = conversation === null ? null : new Thread(this.api, conversation);
    void this.thread.peek()?.load();
  }

  async #change(act: string, body?: unknown): Promise<void> {
    try {
      this.#place(await this.api.post<TeamConversation>(act, body));
      this.trouble.value = null;
    } catch (trouble) {
      this.trouble.value = asRefused(trouble);
    }
  }

  #hear(event: TeamEvent): void {
    switch (event.type) {
      case "message":
        this.#hearMessage(event.conversation_id, event.message);
        break;
      case "conversation":
        this.#place(event.conversation);
        break;
      case "typing":
        this.#threadOf(event.conversation_id)?.hearTyping();
        break;
      case "seen":
        this.#threadOf(event.conversation_id)?.hearSeen(event.seq);
        break;
      case "sessions":
        this.#hearSessions(event.contact_id);
        break;
    }
  }

  #hearMessage(conversation: string, message: TeamMessage): void {
    if (message.author.id === this.me.teammate.id) this.outbox.recognise(conversation, message);
    this.#threadOf(conversation)?.hear(message);
    if (!this.#amend(conversation, (line) => withMessage(line, message))) void this.#fetch(conversation);
  }

  #hearSessions(contact: string): void {
    const thread = this.thread.peek();
    if (thread?.contact.peek()?.id === contact) void thread.refreshDetail();
  }

  #threadOf(conversation: string): Thread | null {
    const thread = this.thread.peek();
    return thread?.id === conversation ? thread : null;
  }

  #place(conversation: TeamConversation): void {
    for (const listing of this.#lists()) listing.place(conversation);
    void this.#threadOf(conversation.id)?.refreshDetail();
  }

  /** Changes a line that a list holds; says whether any did. */
  #amend(id: string, change: (conversation: TeamConversation) => TeamConversation): boolean {
    const known = this.#lists().flatMap((listing) => listing.find(id) ?? [])[0];
    if (known === undefined) return false;
    const changed = change(known);
    if (changed !== known) for (const listing of this.#lists()) listing.place(changed);
    return true;
  }

  async #fetch(id: string): Promise<void> {
    const conversation = await this.api.get<TeamConversation>(`/conversations/${id}`).catch(() => null);
    if (conversation !== null) for (const listing of this.#lists()) listing.place(conversation);
  }

  #lists(): Listing[] {
    const search = this.search.peek();
    const views = VIEWS.map((view) => this.listings[view]);
    return search === null ? views : [...views, search];
  }
}

function listingsFor(api: Api, teammate: string): Record<View, Listing> {
  const listing = (view: View, state: string, assignee: string | null) =>
    new Listing(api, { state, assignee, q: null }, belongsTo(view, teammate));
  return {
    mine: listing("mine", "open", "me"),
    unassigned: listing("unassigned", "open", "none"),
    all: listing("all", "open", null),
    closed: listing("closed", "closed", null),
  };
}
