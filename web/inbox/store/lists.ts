import { signal } from "@preact/signals";
import type { TeamConversation } from "../../protocol/wire";
import type { Api } from "../api";
import { VIEWS, type View } from "../places";
import { Listing } from "./listing";
import { belongsTo } from "./ordering";

/** The list of each view, and the one that was searched for. What happens to a conversation happens in all of them. */
export class Lists {
  readonly words = signal("");
  readonly found = signal<Listing | null>(null);
  readonly #views: Record<View, Listing>;

  constructor(
    private readonly api: Api,
    teammate: string,
  ) {
    this.#views = listingsFor(api, teammate);
  }

  of(view: View): Listing {
    return this.#views[view];
  }

  /** The list in front of the teammate: what was searched for, else the view. */
  shownIn(view: View): Listing {
    return this.found.value ?? this.#views[view];
  }

  refresh(): void {
    for (const listing of this.#all()) void listing.refresh();
  }

  /** Somebody who proved nothing may have said who they are, and is titled by that. */
  retitle(contact: string, view: View): void {
    const shown = this.shownIn(view);
    const isTitled = shown.items.peek().some((line) => line.contact.id === contact && line.owner === null);
    if (isTitled) void shown.refresh();
  }

  searchFor(words: string): void {
    this.words.value = words;
    const q = words.trim();
    this.found.value = q === "" ? null : this.#search(q);
    void this.found.peek()?.refresh();
  }

  place(conversation: TeamConversation): void {
    for (const listing of this.#all()) listing.place(conversation);
  }

  /** Changes a conversation that some list holds; says whether any does. */
  amend(id: string, change: (conversation: TeamConversation) => TeamConversation): boolean {
    const known = this.#all().flatMap((listing) => listing.find(id) ?? [])[0];
    if (known === undefined) return false;
    const changed = change(known);
    if (changed !== known) this.place(changed);
    return true;
  }

  // Only the server knows what a search finds: an event changes what was found, and adds nothing to it.
  #search(q: string): Listing {
    const found: Listing = new Listing(
      this.api,
      { state: null, assignee: null, q },
      ({ id }) => found.find(id) !== undefined,
    );
    return found;
  }

  #all(): Listing[] {
    const views = VIEWS.map((view) => this.#views[view]);
    const found = this.found.peek();
    return found === null ? views : [...views, found];
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
    blocked: listing("blocked", "blocked", null),
  };
}
