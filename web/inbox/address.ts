import { signal } from "@preact/signals";

export const VIEWS = ["mine", "unassigned", "all", "closed"] as const;
export type View = (typeof VIEWS)[number];

/** Where a teammate is: a view, and the conversation that is open beside it. */
export interface Place {
  view: View;
  conversation: string | null;
}

export const SIGN_IN = "/inbox/sign-in";
export const SET_UP = "/setup";
const START: Place = { view: "all", conversation: null };

/** The place that an address names; whatever names none leads to the start. */
export function placeAt(path: string): Place {
  const [, , view, conversation] = path.split("/");
  const known = VIEWS.find((name) => name === view);
  return known === undefined ? START : { view: known, conversation: conversation || null };
}

export const pathTo = (view: View, conversation: string | null = null): string =>
  conversation === null ? `/inbox/${view}` : `/inbox/${view}/${conversation}`;

export const path = signal(location.pathname);

export function go(to: string): void {
  if (to === location.pathname) return;
  history.pushState(null, "", to);
  path.value = to;
}

export function replaceWith(to: string): void {
  history.replaceState(null, "", to);
  path.value = to;
}

/** Follows the browser's back and forward, and turns clicks on the inbox's own links into moves without a load. */
export function followAddress(): void {
  addEventListener("popstate", () => {
    path.value = location.pathname;
  });
  addEventListener("click", (event) => {
    const to = ownLink(event);
    if (to === null) return;
    event.preventDefault();
    go(to);
  });
}

function ownLink(event: MouseEvent): string | null {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (link === null || link.target !== "" || link.origin !== location.origin) return null;
  return link.pathname.startsWith("/inbox/") ? link.pathname : null;
}
