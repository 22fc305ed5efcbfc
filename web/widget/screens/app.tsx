import { useEffect, useRef } from "preact/hooks";
import { host, isWatched, reception } from "../desk";
import { Home } from "./home";
import { ThreadScreen } from "./thread_screen";

/** Everything below belongs to one visit: another person's panel shares no node with it. */
export function App() {
  const visit = reception.visit.value;
  const thread = visit.thread.value;
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isWatched.value) focusFirst(panel.current);
  }, [isWatched.value, visit, thread]);
  useEffect(() => {
    addEventListener("keydown", closeOnEscape);
    return () => removeEventListener("keydown", closeOnEscape);
  }, []);
  return (
    <main ref={panel} tabIndex={-1} aria-label="Chat">
      {thread === null ? (
        <Home key={visit} visit={visit} />
      ) : (
        <ThreadScreen key={visit} visit={visit} thread={thread} />
      )}
    </main>
  );
}

/** On a phone the keyboard would cover what there is to read. */
function focusFirst(panel: HTMLElement | null): void {
  const canType = matchMedia("(pointer: fine)").matches;
  const field = canType ? panel?.querySelector<HTMLElement>("textarea") : null;
  (field ?? panel)?.focus();
}

/** What lies above the panel closes first. */
function closeOnEscape({ key }: KeyboardEvent): void {
  const isCovered = document.querySelector("dialog[open], :popover-open") !== null;
  if (key === "Escape" && !isCovered) host.tell("hide");
}
