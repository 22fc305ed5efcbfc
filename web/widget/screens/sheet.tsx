import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import * as seldomWords from "./seldom_words";

interface Props {
  title: string;
  onClose: () => void;
  /** It asks something, and that is to be answered before it closes by its own button. */
  asks?: boolean;
  children: ComponentChildren;
}

/** Something to look at for a moment, above the panel. */
export function Sheet({ title, onClose, asks = false, children }: Props) {
  const sheet = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => sheet.current?.showModal(), []);
  return (
    <dialog ref={sheet} class="sheet" aria-labelledby={heading} onClose={onClose}>
      <h2 id={heading}>{title}</h2>
      {children}
      {!asks && (
        <div class="row end">
          <button type="button" class="button" onClick={() => sheet.current?.close()}>
            {seldomWords.close}
          </button>
        </div>
      )}
    </dialog>
  );
}
