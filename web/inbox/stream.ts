import { signal } from "@preact/signals";
import type { TeamEvent, TeamFrame } from "../protocol/wire";

const SIGNED_OUT = 4401;
const PING_EVERY = 20_000;
const SLOWEST = 20_000;

interface Listener {
  ready(): void;
  hear(event: TeamEvent): void;
  signedOut(): void;
}

/** How long to wait before the next try: longer each time, and never for all clients alike. */
export const pause = (tries: number, chance: number): number =>
  Math.min(SLOWEST, 500 * 2 ** tries) * (0.5 + chance / 2);

/** The one socket of a signed-in teammate. It comes back by itself until it is closed. */
export class Stream {
  readonly connected = signal(true);
  #socket: WebSocket | null = null;
  #tries = 0;
  #retry = 0;
  #ping = 0;
  #heard = true;
  #closed = false;

  constructor(private readonly listener: Listener) {}

  open(): void {
    const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/api/v1/stream`);
    this.#socket = socket;
    socket.onmessage = ({ data }) => this.#hear(JSON.parse(data));
    socket.onclose = ({ code }) => {
      if (socket === this.#socket) this.#lost(code);
    };
  }

  send(frame: TeamFrame): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    clearInterval(this.#ping);
    this.#socket?.close();
  }

  #hear(event: TeamEvent): void {
    if (this.#closed) return;
    this.#heard = true;
    if (event.type === "ready") this.#ready();
    else this.listener.hear(event);
  }

  #ready(): void {
    this.#tries = 0;
    this.connected.value = true;
    clearInterval(this.#ping);
    this.#ping = setInterval(() => this.#probe(), PING_EVERY);
    this.listener.ready();
  }

  /** A socket that has said nothing since the last ping is dead, whatever the browser thinks of it. */
  #probe(): void {
    if (this.#heard) this.send({ type: "ping" });
    else this.#drop();
    this.#heard = false;
  }

  #drop(): void {
    const dead = this.#socket;
    this.#lost(0);
    dead?.close();
  }

  #lost(code: number): void {
    this.#socket = null;
    clearInterval(this.#ping);
    if (this.#closed) return;
    if (code === SIGNED_OUT) this.listener.signedOut();
    else this.#comeBack();
  }

  #comeBack(): void {
    this.connected.value = false;
    this.#heard = true;
    this.#retry = setTimeout(() => this.open(), pause(this.#tries++, Math.random()));
  }
}
