import type { ToLoader, ToPanel, Who } from "../protocol/port";
import { parseHostMessage } from "./host_message";

const LONGEST_WAIT = 10_000;

interface HostListener {
  shown(shown: boolean, accent: string | undefined): void;
  changed(): void;
  shutdown(): void;
}

/** The customer's page, as far as the panel knows it: whoever holds the other end of the port. */
export class Host {
  page = "";
  readonly #asked = new Map<number, (who: Who) => void>();
  readonly #listener: HostListener;
  readonly #port: Promise<MessagePort>;
  #asks = 0;

  constructor(sites: string[], listener: HostListener) {
    this.#listener = listener;
    this.#port = portFrom(sites);
    this.#port.then((port) => {
      port.onmessage = ({ data }) => this.#hear(data);
    });
  }

  async tell(...message: ToLoader): Promise<void> {
    (await this.#port).postMessage(message);
  }

  whoIsThere(): Promise<Who> {
    this.#asks += 1;
    const ask = this.#asks;
    this.tell("ask", ask);
    return new Promise((resolve) => {
      this.#asked.set(ask, resolve);
      setTimeout(resolve, LONGEST_WAIT, { error: "timeout" });
    });
  }

  #hear(said: unknown): void {
    const message = parseHostMessage(said);
    if (message === null) return;
    if (message[0] === "who") this.#answered(message);
    else if (message[0] === "shown") this.#listener.shown(message[1], message[2]);
    else this.#listener[message[0]]();
  }

  #answered([, ask, who, page]: Extract<ToPanel, ["who", ...unknown[]]>): void {
    this.page = page;
    this.#asked.get(ask)?.(who);
    this.#asked.delete(ask);
  }
}

/** The first port that an allowed site's own page gives to the frame inside it. */
function portFrom(sites: string[]): Promise<MessagePort> {
  return new Promise((resolve) => {
    addEventListener("message", ({ source, origin, data, ports: [port] }) => {
      const fromPage = source === parent && source !== window && sites.includes(origin);
      if (fromPage && data === "privity" && port) resolve(port);
    });
  });
}
