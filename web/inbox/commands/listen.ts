import type { Desk } from "../store/desk";
import { type Command, commandsOf, movesOf } from "./commands";

const SAME_AS: Record<string, string> = { ArrowDown: "j", ArrowUp: "k" };
const TYPED_INTO = "input, textarea, select, [contenteditable]";

/** Obeys the keyboard until the returned function is called. While somebody types, letters are letters. */
export function listenForKeys(desk: Desk): () => void {
  const obey = (event: KeyboardEvent) => {
    const command = commandFor(desk, event);
    if (command === undefined) return;
    event.preventDefault();
    command.run();
  };
  document.addEventListener("keydown", obey);
  return () => document.removeEventListener("keydown", obey);
}

function commandFor(desk: Desk, event: KeyboardEvent): Command | undefined {
  const key = keyOf(event);
  const inDialog = document.querySelector("dialog[open]") !== null;
  if (key === null || inDialog || event.isComposing || event.defaultPrevented) return undefined;
  const typing = event.target instanceof Element && event.target.matches(TYPED_INTO);
  if (typing && key !== "Ctrl K") return undefined;
  return [...movesOf(desk), ...commandsOf(desk)].find((command) => command.key === key);
}

/** The key as the list of keys writes it; null for whatever belongs to the browser, and for every Alt. */
function keyOf({ key, altKey, ctrlKey, metaKey }: KeyboardEvent): string | null {
  if (altKey) return null;
  if (ctrlKey || metaKey) return key.toLowerCase() === "k" ? "Ctrl K" : null;
  return SAME_AS[key] ?? key;
}
