import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { TeamMessage } from "../../protocol/wire";

/** So many pixels from an end count as being there. */
export const NEAR = 80;

/** Keeps what is being read where it is: the end while new messages come, the same line while earlier ones load. */
export function useKeptPlace(messages: readonly TeamMessage[], pending: number, typing: boolean) {
  const scroller = useRef<HTMLDivElement>(null);
  const before = useRef({ first: "", height: 0, sent: 0, atEnd: true });

  useLayoutEffect(() => {
    const box = scroller.current;
    if (box === null) return;
    const { first, height, sent, atEnd } = before.current;
    const newFirst = messages[0]?.id ?? "";
    const earlierCame = first !== "" && newFirst !== first;
    if (earlierCame) box.scrollTop += box.scrollHeight - height;
    else if (atEnd || pending > sent) box.scrollTop = box.scrollHeight;
    before.current = { first: newFirst, height: box.scrollHeight, sent: pending, atEnd: isAtEnd(box) };
  }, [messages, pending, typing]);

  useEffect(() => {
    const box = scroller.current;
    if (box === null) return;
    const note = () => {
      before.current.atEnd = isAtEnd(box);
    };
    const resized = new ResizeObserver(() => {
      if (before.current.atEnd) box.scrollTop = box.scrollHeight;
    });
    box.addEventListener("scroll", note, { passive: true });
    resized.observe(box);
    return () => {
      box.removeEventListener("scroll", note);
      resized.disconnect();
    };
  }, []);

  return scroller;
}

const isAtEnd = (box: HTMLElement): boolean => box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
