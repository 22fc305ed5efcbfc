import { type Signal, signal } from "@preact/signals";

export type Mode = "public" | "note";

/** What a teammate is writing in one conversation: an answer and a note, each with its own words. */
interface Draft {
  mode: Mode;
  public: string;
  note: string;
}

/** The drafts of all conversations, in memory alone: switching, refusals and lost connections cost no word. */
export class Drafts {
  readonly #drafts = new Map<string, Signal<Draft>>();

  of(conversation: string): Signal<Draft> {
    const known = this.#drafts.get(conversation);
    if (known !== undefined) return known;
    const draft = signal<Draft>({ mode: "public", public: "", note: "" });
    this.#drafts.set(conversation, draft);
    return draft;
  }

  write(conversation: string, mode: Mode, words: string): void {
    const draft = this.of(conversation);
    draft.value = { ...draft.peek(), mode, [mode]: words };
  }

  turnTo(conversation: string, mode: Mode): void {
    const draft = this.of(conversation);
    draft.value = { ...draft.peek(), mode };
  }

  /** Adds to what is being written, without touching what is there. */
  append(conversation: string, mode: Mode, words: string): void {
    const begun = this.of(conversation).peek()[mode].trimEnd();
    this.write(conversation, mode, begun === "" ? words : `${begun}\n\n${words}`);
  }
}
