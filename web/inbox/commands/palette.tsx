import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { isComposing } from "../../protocol/composing";
import type { Desk } from "../store/desk";
import { type Command, commandsOf, matching } from "./commands";

/** Type a few letters of what you want to do, then Enter. */
export function Palette({ desk, onClose }: { desk: Desk; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const wanted = useRef<Command | null>(null);
  const typed = useSignal("");
  const chosen = useSignal(0);
  useEffect(() => dialog.current?.showModal(), []);

  const commands = matching(commandsOf(desk), typed.value);
  const current = Math.min(chosen.value, commands.length - 1);

  const choose = (command: Command | undefined) => {
    if (command === undefined) return;
    wanted.current = command;
    dialog.current?.close();
  };
  // Run once the palette is closed, as its close puts away whatever stands in its place.
  const closed = () => {
    onClose();
    wanted.current?.run();
  };
  const type = (words: string) => {
    typed.value = words;
    chosen.value = 0;
  };
  const steer = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    if (event.key === "Enter") choose(commands[current]);
    else if (event.key === "ArrowDown") chosen.value = Math.min(current + 1, commands.length - 1);
    else if (event.key === "ArrowUp") chosen.value = Math.max(current - 1, 0);
    else return;
    event.preventDefault();
  };

  return (
    <dialog ref={dialog} class="dialog palette" aria-label="Commands" closedby="any" onClose={closed}>
      <input
        role="combobox"
        aria-label="What do you want to do?"
        aria-expanded="true"
        aria-controls="palette-commands"
        aria-activedescendant={commands.length > 0 ? `command-${current}` : undefined}
        placeholder="What do you want to do?"
        autocomplete="off"
        value={typed.value}
        onInput={(event) => type(event.currentTarget.value)}
        onKeyDown={steer}
      />
      <div id="palette-commands" role="listbox" aria-label="Commands">
        {commands.map((command, index) => {
          const id = `command-${index}`;
          return (
            <Line
              key={id}
              id={id}
              command={command}
              chosen={index === current}
              onRun={() => choose(command)}
            />
          );
        })}
      </div>
      {commands.length === 0 && <p class="quiet-words">Nothing is called that.</p>}
    </dialog>
  );
}

interface LineProps {
  command: Command;
  id: string;
  chosen: boolean;
  onRun: () => void;
}

function Line({ command: { words, key }, id, chosen, onRun }: LineProps) {
  const line = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (chosen) line.current?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  return (
    <button
      ref={line}
      type="button"
      id={id}
      role="option"
      aria-selected={chosen}
      tabIndex={-1}
      onClick={onRun}
    >
      <span>{words}</span>
      {key !== undefined && <kbd>{key}</kbd>}
    </button>
  );
}
