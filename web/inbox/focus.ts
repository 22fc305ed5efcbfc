import type { Desk } from "./store/desk";

export const SEARCH = "search";
export const COMPOSER = "composer";
export const THREAD = "thread";

export const focusComposer = (): void => document.getElementById(COMPOSER)?.focus();

/** On a narrow screen the search box stands in the list, so the list comes first. */
export function focusSearch(desk: Desk): void {
  const box = document.getElementById(SEARCH);
  if (box?.checkVisibility() === false) goBack(desk);
  requestAnimationFrame(() => box?.focus());
}

export const focusThread = (): void => document.getElementById(THREAD)?.focus();

/** Back from the person to the thread, and from the thread to its line in the list. */
export function goBack(desk: Desk): void {
  const left = desk.thread.peek()?.id;
  desk.back();
  if (desk.thread.peek() === null) requestAnimationFrame(() => lineOf(left)?.focus());
}

const lineOf = (conversation: string | undefined): HTMLElement | null =>
  document.querySelector(`a.line[href$="/${conversation}"]`);

/** From the line that has the focus, else from the one that is open, to the next or the one before. */
export function moveInList(step: 1 | -1): void {
  const lines = [...document.querySelectorAll<HTMLAnchorElement>("a.line")];
  const open = lines.findIndex((line) => line.ariaCurrent === "true");
  const focused = lines.indexOf(document.activeElement as HTMLAnchorElement);
  const from = focused >= 0 ? focused : open;
  const to = from < 0 ? 0 : Math.min(Math.max(from + step, 0), lines.length - 1);
  lines[to]?.focus();
}
