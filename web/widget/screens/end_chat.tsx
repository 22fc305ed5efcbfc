import { useRef } from "preact/hooks";
import { reception } from "../desk";
import { words } from "../words";
import { MoreIcon } from "./icons";

export function EndChat() {
  const question = useRef<HTMLDialogElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const ask = () => {
    menu.current?.hidePopover();
    question.current?.showModal();
  };
  return (
    <>
      <button type="button" class="quiet" aria-label={words.menu} popoverTarget="menu">
        <MoreIcon />
      </button>
      <div id="menu" ref={menu} popover="auto" class="menu">
        <button type="button" onClick={ask}>
          {words.end}
        </button>
      </div>
      <dialog ref={question} aria-labelledby="end-ask">
        <h2 id="end-ask">{words.endAsk}</h2>
        <p>{words.endWhat}</p>
        <div class="row end">
          <button type="button" class="button" onClick={() => question.current?.close()}>
            {words.endKeep}
          </button>
          <button type="button" class="button danger" onClick={() => reception.endChat()}>
            {words.end}
          </button>
        </div>
      </dialog>
    </>
  );
}
