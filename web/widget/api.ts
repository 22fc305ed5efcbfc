import type { Proof } from "../protocol/port";
import { Refused, refusal, unreachable } from "../protocol/problem";
import type {
  Claims,
  ConversationList,
  Message,
  MessagePage,
  Offer,
  OpenSession,
  SessionState,
  StartConversation,
  StartedConversation,
} from "../protocol/wire";
import { hearServerTime } from "./clock";
import type { Epoch } from "./epoch";

const PAGE_OF_MESSAGES = 50;
const PATIENCE = 20_000;

/** An identity token, or an old hash, where the server looks for it. */
export const fieldOf = (proof: Proof) => ({
  [typeof proof === "string" ? "identity_token" : "legacy"]: proof,
});

/**
 * The contact's API, as one session in one epoch. `bearer` is its secret where the panel keeps it; without one the
 * browser's cookie speaks. What is asked is dropped with the epoch.
 */
export class Api {
  constructor(
    readonly bearer: string | null,
    readonly epoch: Epoch,
    readonly onOver: (code: string) => void = () => {},
  ) {}

  open = (asked: OpenSession) => this.call<SessionState>("POST", "/sessions", asked, "same-origin");
  session = () => this.call<SessionState>("GET", "/session");
  claim = (claims: Claims) => this.call<SessionState>("PATCH", "/session", { claims });
  renew = (proof: Proof) =>
    this.call<SessionState>("POST", "/session/proofs", { kind: "token", ...fieldOf(proof) });
  end = (how = "") => this.call<void>("DELETE", `/session${how}`, undefined, "same-origin");
  endEverywhere = () => this.call<void>("POST", "/session/sign-out-everywhere", {}, "same-origin");

  conversations = (cursor: string | null) =>
    this.call<ConversationList>(
      "GET",
      `/conversations${cursor === null ? "" : `?cursor=${encodeURIComponent(cursor)}`}`,
    );
  start = (asked: StartConversation) => this.call<StartedConversation>("POST", "/conversations", asked);
  messages = (id: string, where = "") =>
    this.call<MessagePage>("GET", `/conversations/${id}/messages?limit=${PAGE_OF_MESSAGES}${where}`);
  send = (id: string, body: string, client_id: string) =>
    this.call<Message>("POST", `/conversations/${id}/messages`, { body, client_id });
  read = (id: string, seq: number) => this.call<void>("POST", `/conversations/${id}/read`, { seq });

  adoptable = () => this.call<Offer>("GET", "/adoptable");

  /** For whoever asks for what few people need: `screens/seldom_api.ts`. */
  async call<T>(method: string, path: string, body?: unknown, credentials?: RequestCredentials): Promise<T> {
    const init = { ...this.#request(method, body, credentials), signal: this.epoch.signal };
    const answer = fetch(`/widget/v1${path}`, init).catch(() => null);
    const response = await Promise.race([answer, this.epoch.pause(PATIENCE)]);
    this.epoch.signal.throwIfAborted();
    if (!response) throw unreachable();
    hearServerTime(response.headers.get("Date"));
    return response.ok ? this.#read<T>(response) : this.#refuse(response);
  }

  #request(method: string, body: unknown, credentials?: RequestCredentials): RequestInit {
    const headers: Record<string, string> = body === undefined ? {} : { "Content-Type": "application/json" };
    if (this.bearer !== null) headers.Authorization = `Bearer ${this.bearer}`;
    return {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      cache: "no-store",
      // Whoever leaves may close the page before the server has heard of it.
      keepalive: method === "DELETE",
      credentials: credentials ?? (this.bearer === null ? "same-origin" : "omit"),
    };
  }

  async #read<T>(response: Response): Promise<T> {
    // One that was cut off, or that somebody else's network gave, is none.
    const answer = response.status === 204 ? undefined : await response.json().catch(unreachable);
    this.epoch.signal.throwIfAborted();
    if (answer instanceof Refused) throw answer;
    return answer;
  }

  async #refuse(response: Response): Promise<never> {
    const refused = await refusal(response);
    this.epoch.signal.throwIfAborted();
    if (refused.code === "session_over" || refused.code === "proof_over") this.onOver(refused.code);
    throw refused;
  }
}
