import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Refused } from "../../protocol/problem";
import type { Setting } from "../../protocol/wire";
import { Confirm } from "../parts/confirm";
import { Skeleton } from "../parts/skeleton";
import { Trouble } from "../parts/trouble";
import type { Desk } from "../store/desk";
import { asRefused } from "../store/fetched";
import { SETTING_WORDS, type SettingWords } from "../words/chat-settings";

/** What is asked of contacts before they see or write, and how the chat looks. */
export function ChatSettings({ desk }: { desk: Desk }) {
  if (desk.me.role !== "owner")
    return <p class="quiet-words">Your workspace's owner decides what the chat asks of people.</p>;
  return <All desk={desk} />;
}

function All({ desk: { settings } }: { desk: Desk }) {
  const { list } = settings;
  useEffect(() => void list.refresh(), [list]);

  const lines = list.value.value?.items ?? null;
  return (
    <>
      <p class="quiet-words">
        Each holds from the next request on. Before you ask more of people, <em>Identity health</em> tells how
        many could give it.
      </p>
      {list.trouble.value !== null && <Trouble refusal={list.trouble.value} retry={() => list.refresh()} />}
      {lines === null && list.trouble.value === null && <Skeleton words="Loading the settings" lines={6} />}
      {lines?.map((line) => (
        <One
          key={line.name}
          line={line}
          words={SETTING_WORDS[line.name] ?? { title: line.name, hint: `${line.means}: ${line.takes}` }}
          change={(value) => settings.change(line.name, value)}
        />
      ))}
    </>
  );
}

interface OneProps {
  line: Setting;
  words: SettingWords;
  /** Resolves to what the setting is from now on. */
  change: (value: string) => Promise<string>;
}

/** Saved by its own button, so that a slip of the hand changes nothing. */
function One({ line, words, change }: OneProps) {
  const form = useRef<HTMLFormElement>(null);
  const chosen = useSignal(line.value);
  const isSaved = useSignal(false);
  const asking = useSignal(false);
  const busy = useSignal(false);
  const refusal = useSignal<Refused | null>(null);
  const changed = chosen.value !== line.value;
  const told = changed ? refusal.value : null;
  const choose = (value: string) => {
    chosen.value = value;
    isSaved.value = false;
  };
  const store = async () => {
    chosen.value = await change(chosen.value);
    isSaved.value = true;
  };
  const isDone = isSaved.value && !asking.value;
  // The button that was pressed is gone: there is nothing left to save.
  useEffect(() => {
    if (isDone) form.current?.querySelector<HTMLElement>("input, select")?.focus();
  }, [isDone]);
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    if (words.consequence !== undefined) {
      asking.value = true;
      return;
    }
    busy.value = true;
    refusal.value = null;
    try {
      await store();
    } catch (trouble) {
      refusal.value = asRefused(trouble);
    } finally {
      busy.value = false;
    }
  };
  return (
    <form ref={form} class="one-setting" onSubmit={save}>
      <label for={line.name}>{words.title}</label>
      <Answer line={line} words={words} chosen={chosen.value} refused={told !== null} choose={choose} />
      {told !== null && <Trouble id={`${line.name}-refusal`} refusal={told} />}
      {words.hint !== undefined && (
        <p id={`${line.name}-hint`} class="hint">
          {words.hint}
        </p>
      )}
      {changed && (
        <button type="submit" class="primary" disabled={busy.value}>
          Save <span class="unseen">{words.title}</span>
        </button>
      )}
      <p class="done hint" role="status">
        {isDone ? "Saved." : ""}
      </p>
      {asking.value && (
        <Confirm
          title={`${words.title} …`}
          act="Change it"
          onConfirm={store}
          onClose={() => (asking.value = false)}
        >
          <p>
            <strong>{words.choices?.[chosen.value] ?? chosen.value}</strong>
          </p>
          <p>{words.consequence}</p>
        </Confirm>
      )}
    </form>
  );
}

interface AnswerProps {
  line: Setting;
  words: SettingWords;
  chosen: string;
  refused: boolean;
  choose: (value: string) => void;
}

function Answer({ line: { name, choices }, words, chosen, refused, choose }: AnswerProps) {
  const hint = words.hint === undefined ? "" : `${name}-hint`;
  const described = refused ? `${name}-refusal ${hint}` : hint || undefined;
  if (choices.length === 0)
    return (
      <input
        id={name}
        value={chosen}
        autocomplete="off"
        aria-invalid={refused}
        aria-describedby={described}
        onInput={({ currentTarget }) => choose(currentTarget.value)}
      />
    );
  return (
    <select
      id={name}
      value={chosen}
      aria-describedby={described}
      onChange={({ currentTarget }) => choose(currentTarget.value)}
    >
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {words.choices?.[choice] ?? choice}
        </option>
      ))}
    </select>
  );
}
