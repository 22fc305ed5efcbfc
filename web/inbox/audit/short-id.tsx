import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { toClipboard } from "../parts/copy-block";
import type { NamedId } from "../words/audit";
import { shortId } from "../words/audit";

/** The end of an id. Pressed, it is copied, and stands there whole: a browser without a clipboard has it selected. */
export function ShortId({ what, id, isStop }: NamedId & { isStop: boolean }) {
  const isWhole = useSignal(false);
  const isCopied = useSignal(false);
  const words = useRef<HTMLElement>(null);
  const copy = async () => {
    isWhole.value = true;
    isCopied.value = await toClipboard(id);
    if (words.current !== null) getSelection()?.selectAllChildren(words.current);
    setTimeout(() => {
      isCopied.value = false;
    }, 2_000);
  };
  return (
    <>
      <button type="button" class="short-id" title={id} tabIndex={isStop ? 0 : -1} onClick={copy}>
        <span class="unseen">Copy the id: </span>
        {what} <code ref={words}>{isWhole.value ? id : shortId(id)}</code>
      </button>
      <span class="hint" role="status">
        {isCopied.value ? "Copied" : ""}
      </span>
    </>
  );
}
