import { computed, signal } from "@preact/signals";
import type { ConversationState, Message } from "../protocol/wire";
import type { Api } from "./api";
import type { Epoch } from "./epoch";
import { hasGap, lastSeq, lastSeqInRow, merged, teammateOf } from "./messages";

const TYPING_FADES = 6_000;

/** One conversation in front of the person; without an id until its first message is stored. */
export class Thread {
  readonly id = signal<string | null>(null);
  readonly messages = signal<Message[]>([]);
  readonly state = signal<ConversationState>("open");
  readonly isLoading = signal(false);
  /** Whether the last page that was asked for did not come. */
  readonly hasFailed = signal(false);
  readonly seenByTeam = signal(0);
  readonly readUpTo = signal(0);
  readonly typist = signal<string | null>(null);
  readonly lastSeq = computed(() => lastSeq(this.messages.value));
  readonly teammate = computed(() => teammateOf(this.messages.value));
  readonly hasEarlier = computed(() => (this.messages.value[0]?.seq ?? 1) > 1);
  #stopFading = () => {};

  constructor(id: string | null = null) {
    this.id.value = id;
  }

  get lastSeqInRow(): number {
    return lastSeqInRow(this.messages.value);
  }

  get hasGap(): boolean {
    return hasGap(this.messages.value);
  }

  add(...arrived: Message[]): void {
    this.messages.value = merged(this.messages.value, arrived);
    if (arrived.some(({ author }) => author.kind === "teammate")) this.typist.value = null;
  }

  /** A page of what was said before the first that is known here; of the newest, where none is. */
  async read(api: Api): Promise<void> {
    if (this.id.value === null || this.isLoading.value) return;
    const [first] = this.messages.value;
    this.isLoading.value = true;
    try {
      this.add(...(await api.messages(this.id.value, first && `&before=${first.seq}`)).items);
      this.hasFailed.value = false;
    } catch (error) {
      this.hasFailed.value = true;
      throw error;
    } finally {
      this.isLoading.value = false;
    }
  }

  hearTyping(epoch: Epoch, name: string | null): void {
    this.typist.value = name ?? "";
    this.#stopFading();
    this.#stopFading = epoch.after(TYPING_FADES, () => {
      this.typist.value = null;
    });
  }

  hearSeen(seq: number): void {
    this.seenByTeam.value = Math.max(this.seenByTeam.value, seq);
  }

  /** Whether a teammate wrote something that nobody has told the server was seen. */
  hasUnread(): boolean {
    const readUpTo = this.readUpTo.value;
    return this.messages.value.some(({ seq, author }) => seq > readUpTo && author.kind === "teammate");
  }
}
