import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { Refused } from "../../protocol/problem";
import { asRefused } from "../store/fetched";
import { Dialog } from "./dialog";
import { Trouble } from "./trouble";

interface Props {
  title: string;
  act: string;
  children: ComponentChildren;
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
}

/** Says what will happen before it does. It closes when that is done, and stays with the reason when it is not. */
export function Confirm({ title, act, children, onConfirm, onClose }: Props) {
  const refusal = useSignal<Refused | null>(null);
  const busy = useSignal(false);
  const confirm = async () => {
    busy.value = true;
    refusal.value = null;
    try {
      await onConfirm();
      onClose();
    } catch (trouble) {
      refusal.value = asRefused(trouble);
    } finally {
      busy.value = false;
    }
  };
  return (
    <Dialog title={title} kind="confirm" onClose={onClose}>
      {children}
      {refusal.value !== null && <Trouble refusal={refusal.value} />}
      <footer>
        <button type="button" class="quiet" onClick={onClose}>
          Leave it as it is
        </button>
        <button type="button" class="danger" disabled={busy.value} onClick={confirm}>
          {act}
        </button>
      </footer>
    </Dialog>
  );
}
