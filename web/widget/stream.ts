import { Refused, unreachable } from "../protocol/problem";
import type { ContactEvent, ContactFrame, SentEvent } from "../protocol/wire";
import { delayBefore } from "./backoff";
import type { Epoch } from "./epoch";

const BEAT = 30_000;
const LONGEST_SILENCE = 45_000;
const LONGEST_ACKNOWLEDGEMENT = 10_000;
const BACK_OFF_ATTEMPT = 6;
const SESSION_OVER = 4401;
const IDENTITY_CHANGED = 4409;
const TOO_MANY = 4429;
const GONE = 1006;

interface StreamListener {
  event(event: ContactEvent): void;
  /** Time to ask for what is missing: after a connection, and every half minute. */
  beat(): void;
  up(isUp: boolean): void;
  over(code: string): void;
  /** It closed before it was ready. The browser doesn't tell why, the API will. */
  refusedToOpen(): void;
}

/** The socket of one session: it comes back by itself until its epoch is over, or its session. */
export class Stream {
  readonly #epoch: Epoch;
  readonly #bearer: string | null;
  readonly #listener: StreamListener;
  readonly #acknowledge = new Map<string, (answer: SentEvent | Refused) => void>();
  #socket: WebSocket | null = null;
  #isReady = false;
  #attempt = 0;
  #heardAt = 0;
  #stopWaiting = () => {};

  constructor(epoch: Epoch, bearer: string | null, listener: StreamListener) {
    this.#epoch = epoch;
    this.#bearer = bearer;
    this.#listener = listener;
    epoch.every(BEAT, () => this.#beat());
    epoch.whenOver(() => this.#socket?.close());
    addEventListener("online", () => this.#hurry(), { signal: epoch.signal });
    addEventListener("offline", () => this.#drop(), { signal: epoch.signal });
    this.#connect();
  }

  get isUp(): boolean {
    return this.#isReady;
  }

  tell(frame: ContactFrame): void {
    if (this.#isReady) this.#socket?.send(JSON.stringify(frame));
  }

  /** Resolves with the stored message. */
  async send(conversation_id: string, body: string, client_id: string): Promise<SentEvent> {
    const answer = new Promise<SentEvent | Refused>((resolve) => {
      this.#acknowledge.set(client_id, resolve);
      this.#epoch.after(LONGEST_ACKNOWLEDGEMENT, () => resolve(unreachable()));
    });
    this.tell({ type: "send", conversation_id, body, client_id });
    const answered = await answer;
    this.#acknowledge.delete(client_id);
    if (answered instanceof Refused) throw answered;
    return answered;
  }

  #connect(): void {
    if (this.#epoch.isOver) return;
    this.#socket?.close();
    // A session that brings its own secret is not to be taken for that of a cookie which the browser adds.
    const carrier = this.#bearer === null ? "" : "?carrier=token";
    const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/widget/v1/stream${carrier}`);
    socket.onopen = () => {
      if (this.#bearer !== null) socket.send(JSON.stringify({ type: "auth", token: this.#bearer }));
    };
    socket.onmessage = ({ data }) => this.#hear(data);
    socket.onclose = ({ code, reason }) => socket === this.#socket && this.#closed(code, reason);
    this.#socket = socket;
    this.#heardAt = Date.now();
  }

  #hear(data: unknown): void {
    if (this.#epoch.isOver) return;
    this.#heardAt = Date.now();
    const event = parse(data);
    if (event === null) return;
    if (event.type === "ready") this.#ready();
    if (event.type === "sent") this.#acknowledge.get(event.client_id)?.(event);
    if (event.type === "refused") this.#refused(event);
    this.#listener.event(event);
  }

  #ready(): void {
    this.#isReady = true;
    this.#attempt = 0;
    this.#listener.up(true);
    this.#listener.beat();
  }

  #refused({ client_id, status, code, detail, retry_after }: ContactEvent & { type: "refused" }): void {
    this.#acknowledge.get(client_id ?? "")?.(new Refused(status, code, detail, retry_after));
  }

  #closed(code: number, reason: string): void {
    const wasReady = this.#isReady;
    this.#isReady = false;
    for (const resolve of this.#acknowledge.values()) resolve(unreachable());
    if (this.#epoch.isOver) return;
    if (code === SESSION_OVER) this.#listener.over(reason || "session_over");
    else if (code === IDENTITY_CHANGED) this.#listener.over("identity_changed");
    else this.#comeBack(code, wasReady);
  }

  #comeBack(code: number, wasReady: boolean): void {
    this.#listener.up(false);
    if (code === TOO_MANY) this.#attempt = BACK_OFF_ATTEMPT;
    else if (!wasReady) this.#listener.refusedToOpen();
    this.#stopWaiting = this.#epoch.after(delayBefore(this.#attempt), () => this.#connect());
    this.#attempt += 1;
  }

  #beat(): void {
    if (Date.now() - this.#heardAt > LONGEST_SILENCE) this.#drop();
    this.tell({ type: "ping" });
    this.#listener.beat();
  }

  /** A socket without a network can take minutes to notice, so it isn't waited for. */
  #drop(): void {
    if (!this.#isReady) return;
    this.#socket?.close();
    this.#socket = null;
    this.#closed(GONE, "");
  }

  #hurry(): void {
    this.#stopWaiting();
    if (!this.#isReady) this.#connect();
  }
}

function parse(data: unknown): ContactEvent | null {
  try {
    const event = JSON.parse(String(data));
    return typeof event?.type === "string" ? event : null;
  } catch {
    return null;
  }
}
