export const VIEWS = ["mine", "unassigned", "all", "closed"] as const;
export type View = (typeof VIEWS)[number];

/** Where a teammate is: a view, and the conversation that is open beside it. */
export interface Place {
  view: View;
  conversation: string | null;
}

const START: Place = { view: "all", conversation: null };

/** The place that an address names; whatever names none leads to the start. */
export function placeAt(path: string): Place {
  const [, root, view, conversation] = path.split("/");
  const known = VIEWS.find((name) => name === view);
  return root !== "inbox" || known === undefined
    ? START
    : { view: known, conversation: conversation || null };
}

export const pathTo = (view: View, conversation: string | null = null): string =>
  conversation === null ? `/inbox/${view}` : `/inbox/${view}/${conversation}`;
