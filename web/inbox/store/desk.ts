import { effect, signal } from "@preact/signals";
import type { Refused } from "../../protocol/problem";
import type {
  Contact,
  IdentityHealth,
  Me,
  ProvedIdentity,
  SnippetList,
  TeamConversation,
  TeamEvent,
  TeamMessage,
  TeamStart,
  TokenExplained,
} from "../../protocol/wire";
import { go, path } from "../address";
import { Api } from "../api";
import { type Place, pathTo, placeAt, type View } from "../places";
import { Stream } from "../stream";
import { blockablesOf } from "./blocks";
import { Drafts } from "./drafts";
import type { Unsent } from "./drawer";
import { asRefused, Fetched } from "./fetched";
import { Lists } from "./lists";
import { OldHashes } from "./old-hashes";
import { withMessage } from "./ordering";
import { Outbox } from "./outbox";
import { Settings } from "./settings";
import { SignInProviders } from "./sign-ins";
import { SigningKeys } from "./signing-keys";
import { Thread } from "./thread";

export type Sheet = "block" | "keys" | "palette" | "retire" | "sign-out" | "start" | "why";

const ASK_AGAIN = 30_000;
const TYPING_EVERY = 3_000;

/**
 * Everything that one signed-in teammate has in memory. Signing out drops it whole, so that nothing read by one
 * teammate can be left for the next. What they wrote themselves outlives a session that ended under their hands.
 */
export class Desk {
  readonly lists: Lists;
  readonly outbox: Outbox;
  readonly stream: Stream;
  readonly keys: SigningKeys;
  readonly oldHashes: OldHashes;
  readonly signIns: SignInProviders;
  readonly settings: Settings;
  readonly snippets: Fetched<SnippetList>;
  readonly health: Fetched<IdentityHealth>;
  readonly drafts: Drafts;
  readonly thread = signal<Thread | null>(null);
  readonly sheet = signal<Sheet | null>(null);
  readonly personShown = signal(false);
  readonly trouble = signal<Refused | null>(null);
  readonly #api: Api;
  #leaving: (() => void)[] = [];
  #toldTyping = 0;
  #turnedTo: View | null = null;

  constructor(
    readonly me: Me,
    onSignedOut: () => void,
    left: Unsent | null = null,
  ) {
    this.#api = new Api(me.csrf, onSignedOut);
    this.drafts = left?.drafts ?? new Drafts();
    this.lists = new Lists(this.#api, me.teammate.id);
    this.outbox = new Outbox(
      this.#api,
      (conversation, message) => this.#hearMessage(conversation, message),
      left?.pending.peek(),
    );
    this.keys = new SigningKeys(this.#api);
    this.oldHashes = new OldHashes(this.#api);
    this.signIns = new SignInProviders(this.#api);
    this.settings = new Settings(this.#api);
    this.snippets = new Fetched(() => this.#api.get("/snippets"));
    this.health = new Fetched(() => this.#api.get("/identity-health"));
    this.stream = new Stream({
      ready: () => this.#refresh(),
      hear: (event) => this.#hear(event),
      signedOut: onSignedOut,
    });
  }

  arrive(): void {
    const asking = setInterval(() => this.#askAgain(), ASK_AGAIN);
    const onReturn = () => this.#comeBack();
    document.addEventListener("visibilitychange", onReturn);
    this.#leaving = [
      () => clearInterval(asking),
      () => document.removeEventListener("visibilitychange", onReturn),
      effect(() => this.#turnTo(placeAt(path.value))),
    ];
    this.stream.open();
  }

  leave(): void {
    for (const undo of this.#leaving) undo();
    this.stream.close();
    this.#api.close();
  }

  get unsent(): Unsent {
    return { drafts: this.drafts, pending: this.outbox.pending };
  }

  view(): View {
    return placeAt(path.value).view;
  }

  back(): void {
    if (this.personShown.peek()) this.personShown.value = false;
    else go(pathTo(this.view()));
  }

  /** What is in front of a teammate's eyes is read. */
  markRead(): void {
    const thread = this.thread.peek();
    if (thread === null || document.visibilityState !== "visible") return;
    void thread.markRead();
    this.lists.amend(thread.id, readToTheEnd);
  }

  /** Told to the contact, not for each letter. */
  tellTyping(conversation_id: string): void {
    if (Date.now() - this.#toldTyping < TYPING_EVERY) return;
    this.#toldTyping = Date.now();
    this.stream.send({ type: "typing", conversation_id });
  }

  close({ id }: TeamConversation): Promise<boolean> {
    return this.#change(`/conversations/${id}/close`);
  }

  reopen({ id }: TeamConversation): Promise<boolean> {
    return this.#change(`/conversations/${id}/reopen`);
  }

  assign({ id }: TeamConversation, teammate_id: string | null): Promise<boolean> {
    return this.#change(`/conversations/${id}/assign`, { teammate_id });
  }

  /** Starts a conversation and opens it; a refusal is the caller's to show. */
  async start(asked: TeamStart): Promise<void> {
    const conversation = await this.#api.post<TeamConversation>("/conversations", asked);
    this.lists.place(conversation);
    go(pathTo(this.view(), conversation.id));
  }

  /** Every session of these identities ends, and what proved them until now is used up. */
  signOutEverywhere(identities: readonly ProvedIdentity[]): Promise<void> {
    return this.#actOn(identities.map(({ id }) => `/identities/${id}/sign-out`));
  }

  /** Nobody proves these identities any more. */
  retire(identities: readonly ProvedIdentity[]): Promise<void> {
    return this.#actOn(identities.map(({ id }) => `/identities/${id}/retire`));
  }

  block(person: Contact): Promise<void> {
    return this.#actOn(blockablesOf(person).map((path) => `${path}/block`));
  }

  unblock(person: Contact): Promise<void> {
    return this.#actOn(blockablesOf(person).map((path) => `${path}/unblock`));
  }

  endSession(id: string): Promise<void> {
    return this.#actOn([`/sessions/${id}/end`]);
  }

  async #actOn(acts: readonly string[]): Promise<void> {
    for (const act of acts) await this.#api.post(act);
    await this.thread.peek()?.refreshDetail();
  }

  explain(token: string): Promise<TokenExplained> {
    return this.#api.post("/token/explain", { token });
  }

  /** The row is the truth: what events may have missed is asked for. */
  #refresh(): void {
    this.lists.refresh();
    void this.thread.peek()?.load();
    this.outbox.retryUnreached();
  }

  /** What is in front of the teammate alone: each read of the team's is recorded. */
  #askAgain(): void {
    void this.lists.shownIn(this.view()).refresh();
    void this.thread.peek()?.load();
    this.outbox.retryUnreached();
  }

  #turnTo({ view, conversation }: Place): void {
    if (view !== this.#turnedTo) void this.lists.of(view).refresh();
    this.#turnedTo = view;
    this.#open(conversation);
  }

  #open(conversation: string | null): void {
    if (this.thread.peek()?.id === conversation) return;
    this.personShown.value = false;
    this.thread.value = conversation === null ? null : new Thread(this.#api, conversation);
    void this.thread.peek()?.load();
  }

  #comeBack(): void {
    if (document.visibilityState !== "visible") return;
    this.#refresh();
    this.markRead();
  }

  /** Whether it was done; where it was not, the desk says why. */
  async #change(act: string, body?: unknown): Promise<boolean> {
    try {
      this.#hearConversation(await this.#api.post<TeamConversation>(act, body));
      this.trouble.value = null;
      return true;
    } catch (trouble) {
      this.trouble.value = asRefused(trouble);
      return false;
    }
  }

  #hear(event: TeamEvent): void {
    switch (event.type) {
      case "message":
        this.#hearMessage(event.conversation_id, event.message);
        break;
      case "conversation":
        this.#hearConversation(event.conversation);
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
    const known = this.lists.amend(conversation, (line) => withMessage(line, message));
    if (!known) void this.#fetch(conversation);
  }

  #hearConversation(conversation: TeamConversation): void {
    this.lists.place(conversation);
    void this.#threadOf(conversation.id)?.refreshDetail();
  }

  #hearSessions(contact: string): void {
    const thread = this.thread.peek();
    if (thread?.contact.peek()?.id === contact) void thread.refreshDetail();
    this.lists.retitle(contact, this.view());
  }

  #threadOf(conversation: string): Thread | null {
    const thread = this.thread.peek();
    return thread?.id === conversation ? thread : null;
  }

  /** A conversation that no list holds yet. Where it can't be asked for now, the next refresh finds it. */
  async #fetch(id: string): Promise<void> {
    const conversation = await this.#api.get<TeamConversation>(`/conversations/${id}`).catch(() => null);
    if (conversation !== null) this.lists.place(conversation);
  }
}

const readToTheEnd = (conversation: TeamConversation): TeamConversation =>
  conversation.unread === 0 ? conversation : { ...conversation, unread: 0 };
