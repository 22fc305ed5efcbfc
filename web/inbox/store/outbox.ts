import { type Signal, signal } from "@preact/signals";
import { Refused, unreachable } from "../../protocol/problem";
import type { TeamMessage, WriteMessage } from "../../protocol/wire";
import type { Api } from "../api";
import type { Mode } from "./drafts";

/** A message on its way. Its `client_id` stays the same however often it is sent, so that it is stored once. */
export interface Pending {
  client_id: string;
  conversation: string;
  kind: Mode;
  body: string;
  refusal: Refused | null;
}

const LOST_ON_THE_WAY = [0, 401];

export class Outbox {
  readonly pending: Signal<readonly Pending[]>;
  #sending: Promise<void> = Promise.resolve();
  #underWay: Pending | null = null;
  readonly #stored = new Set<string>();

  constructor(
    private readonly api: Api,
    private readonly onStored: (conversation: string, message: TeamMessage) => void,
    left: readonly Pending[] = [],
  ) {
    this.pending = signal(left.map((one) => ({ ...one, refusal: one.refusal ?? unreachable() })));
  }

  add(conversation: string, kind: Mode, body: string): void {
    const pending: Pending = { client_id: crypto.randomUUID(), conversation, kind, body, refusal: null };
    this.pending.value = [...this.pending.peek(), pending];
    this.#queue(pending.client_id);
  }

  retry(client_id: string): void {
    this.#change(client_id, null);
    this.#queue(client_id);
  }

  /** Sends again what only the network kept from arriving, or a session that was over. */
  retryUnreached(): void {
    for (const { client_id, refusal } of this.pending.peek())
      if (refusal !== null && LOST_ON_THE_WAY.includes(refusal.status)) this.retry(client_id);
  }

  remove(client_id: string): void {
    this.pending.value = this.pending.peek().filter((one) => one.client_id !== client_id);
  }

  /** Our own message can come back over the socket before its answer does, and must not stand there twice. */
  recognise(conversation: string, { id, kind, body }: TeamMessage): void {
    const under = this.#underWay;
    if (under === null || this.#stored.has(id)) return;
    if (under.conversation !== conversation || under.kind !== kind || under.body !== body) return;
    this.#stored.add(id);
    this.remove(under.client_id);
  }

  // One after the other, so that two quick answers cannot overtake each other. What goes wrong with one stops none.
  #queue(client_id: string): void {
    this.#sending = this.#sending.then(() => this.#send(client_id)).catch((fault) => reportError(fault));
  }

  async #send(client_id: string): Promise<void> {
    const pending = this.pending.peek().find((one) => one.client_id === client_id);
    if (pending === undefined) return;
    const { conversation, kind, body } = pending;
    const written: WriteMessage = { body, kind, client_id };
    this.#underWay = pending;
    try {
      const message = await this.api.post<TeamMessage>(`/conversations/${conversation}/messages`, written);
      this.#stored.add(message.id);
      this.remove(client_id);
      this.onStored(conversation, message);
    } catch (trouble) {
      const isRefused = trouble instanceof Refused;
      this.#change(client_id, isRefused ? trouble : unreachable());
      if (!isRefused) throw trouble;
    } finally {
      this.#underWay = null;
    }
  }

  #change(client_id: string, refusal: Refused | null): void {
    this.pending.value = this.pending
      .peek()
      .map((one) => (one.client_id === client_id ? { ...one, refusal } : one));
  }
}
