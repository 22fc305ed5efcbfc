import { isComposing } from "../../protocol/composing";
import type { Desk } from "../store/desk";
import { type Command, commandsOf, movesOf } from "./commands";

const SAME_AS: Record<string, string> = { ArrowDown: "j", ArrowUp: "k" };
const TYPED_INTO = "input, textarea, select, [contenteditable]";
// A dialog has keys of its own; a new key's secret is shown this once, and no slip of a finger may put it away.
const LET_BE = "dialog[open], .new-key";

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
  const isLetBe = document.querySelector(LET_BE) !== null;
  if (key === null || isLetBe || isComposing(event) || event.defaultPrevented) return undefined;
  const typing = event.target instanceof Element && event.target.matches(TYPED_INTO);
  if (typing && key !== "Ctrl K") return undefined;
  const command = [...movesOf(desk), ...commandsOf(desk)].find((one) => one.key === key);
  return event.repeat && !command?.repeats ? undefined : command;
}

/** The key as the list of keys writes it; null for whatever belongs to the browser, and for every Alt. */
function keyOf({ key, altKey, ctrlKey, metaKey, target }: KeyboardEvent): string | null {
  if (altKey) return null;
  if (ctrlKey || metaKey) return key.toLowerCase() === "k" ? "Ctrl K" : null;
  return isInList(target) ? (SAME_AS[key] ?? key) : key;
}

// Anywhere else an arrow scrolls what is being read.
const isInList = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest("section.list") !== null;
