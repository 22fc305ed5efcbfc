import { useEffect, useRef } from "preact/hooks";
import { isComposing } from "../../protocol/composing";
import { host, isWatched, reception } from "../desk";
import { Home } from "./home";
import { inherit } from "./inherit";
import { ThreadScreen } from "./thread_screen";

/** Everything below belongs to one visit: another person's panel shares no node with it. */
export function App() {
  const visit = reception.visit.value;
  const thread = visit.thread.value;
  const panel = useRef<HTMLElement>(null);
  const isDue = useRef(false);
  const settle = () => {
    if (!isDue.current || !document.hasFocus()) return;
    isDue.current = false;
    focusFirst(panel.current);
  };
  useEffect(() => {
    isDue.current = isWatched.value;
    settle();
  }, [isWatched.value, visit, thread]);
  // Not before the person comes to the panel: whoever writes in the page around it would lose the keys.
  useEffect(() => {
    addEventListener("focus", settle);
    addEventListener("keydown", closeOnEscape);
    // With the next picture, which a page that is left does not draw: a focus there would keep it from being kept.
    const left = new MutationObserver(() => requestAnimationFrame(() => inherit(panel.current)));
    left.observe(document.body, { childList: true, subtree: true });
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
function closeOnEscape(event: KeyboardEvent): void {
  const isCovered = document.querySelector("dialog[open], :popover-open") !== null;
  if (event.key === "Escape" && !isCovered && !isComposing(event)) host.tell("hide");
}
