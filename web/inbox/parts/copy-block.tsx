import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";

/** Without HTTPS a browser gives pages no clipboard: the words are selected, and Ctrl+C takes them. */
export async function toClipboard(words: string): Promise<boolean> {
  if (navigator.clipboard === undefined) return false;
  return navigator.clipboard.writeText(words).then(
    () => true,
    () => false,
  );
}

interface Props {
  name: string;
  words: string;
  isMarked?: (line: string) => boolean;
}

/** Words to take elsewhere, and a button that takes them. */
export function CopyBlock({ name, words, isMarked }: Props) {
  const outcome = useSignal<"Copied" | "Selected" | null>(null);
  const block = useRef<HTMLPreElement>(null);
  const copy = async () => {
    if (block.current !== null) getSelection()?.selectAllChildren(block.current);
    outcome.value = (await toClipboard(words)) ? "Copied" : "Selected";
    setTimeout(() => {
      outcome.value = null;
    }, 2_000);
  };
  return (
    <figure class="copy-block">
      <figcaption>{name}</figcaption>
      <button type="button" class="quiet" onClick={copy} aria-label={`Copy the ${name}`}>
        {outcome.value ?? "Copy"}
      </button>
      {/* What is wider or taller than its place is reached by the keys as well. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled block must take the focus */}
      <pre ref={block} tabIndex={0}>
        {isMarked === undefined ? words : marked(words, isMarked)}
      </pre>
      <span class="unseen" role="status">
        {outcome.value && `The ${name} is ${outcome.value.toLowerCase()}.`}
      </span>
    </figure>
  );
}

/** Line by line, so that what is copied is the very text. */
const marked = (words: string, isMarked: (line: string) => boolean) =>
  words.split(/(?<=\n)/).map((line, index) => (isMarked(line) ? <mark key={index}>{line}</mark> : line));
