import type { ComponentChildren, JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import * as words from "../words";

interface Props {
  opener: JSX.IntrinsicElements["button"];
  /** The title of the question, what follows, and the two answers. */
  question: [ask: string, what: string, stay: string, leave: string];
  onLeave: () => Promise<void>;
  children?: ComponentChildren;
}

/** A menu with a way to leave that is asked about first, and that says so if it didn't work. */
export function Leaving({ opener, question: [ask, what, stay, leave], onLeave, children }: Props) {
  const [hasFailed, setFailed] = useState(false);
  const [wasOpened, setOpened] = useState(false);
  const question = useRef<HTMLDialogElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const show = () => {
    menu.current?.hidePopover();
    setFailed(false);
    question.current?.showModal();
  };
  return (
    <>
      <button type="button" popoverTarget="menu" {...opener} />
      <div id="menu" ref={menu} popover="auto" class="menu" onBeforeToggle={() => setOpened(true)}>
        {wasOpened && children}
        <button type="button" onClick={show}>
          {leave}
        </button>
      </div>
      <dialog ref={question} aria-labelledby="leave-ask">
        <h2 id="leave-ask">{ask}</h2>
        <p>{what}</p>
        {hasFailed && <p role="alert">{words.failed}</p>}
        <div class="row end">
          <button type="button" class="button" onClick={() => question.current?.close()}>
            {stay}
          </button>
          <button type="button" class="button danger" onClick={() => onLeave().catch(() => setFailed(true))}>
            {leave}
          </button>
        </div>
      </dialog>
    </>
  );
}
