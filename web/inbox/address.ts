import { signal } from "@preact/signals";

export const SIGN_IN = "/inbox/sign-in";
export const SET_UP = "/setup";

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
