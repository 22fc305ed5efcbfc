import { useEffect, useRef } from "preact/hooks";

/** A box that is as tall as its words, up to what the style sheet allows. */
export function useGrowing(words: string) {
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
  }, [words]);
  return box;
}
