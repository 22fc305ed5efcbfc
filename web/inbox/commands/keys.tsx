import { Dialog } from "../parts/dialog";
import type { Desk } from "../store/desk";
import { commandsOf, movesOf } from "./commands";

/** The list of keys, from the same commands that the keys run. */
export function Keys({ desk, onClose }: { desk: Desk; onClose: () => void }) {
  const commands = [...movesOf(desk), ...commandsOf(desk)].filter(({ key }) => key !== undefined);
  return (
    <Dialog title="Keys" kind="keys" onClose={onClose}>
      <dl>
        {commands.map(({ words, key }) => (
          <div key={words}>
            <dt>{words}</dt>
            <dd>
              <kbd>{key}</kbd>
            </dd>
          </div>
        ))}
      </dl>
      <p class="hint">Arrow keys move in the list too, and Enter opens. Keys rest while you type.</p>
    </Dialog>
  );
}
