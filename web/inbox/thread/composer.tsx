import { isComposing } from "../../protocol/composing";
import { characters, cleaned } from "../../protocol/draft";
import { BODY_CHARACTERS, type TeamConversationDetail } from "../../protocol/wire";
import { COMPOSER, focusThread } from "../focus";
import { Icon } from "../parts/icon";
import type { Desk } from "../store/desk";
import type { Mode } from "../store/drafts";
import type { Thread } from "../store/thread";
import { useGrowing } from "./growing";
import { WhoWillSee } from "./who-will-see";

const NEARLY = BODY_CHARACTERS - 500;

// A phone's keyboard has no Shift+Enter: there Enter makes the line and the button sends.
const ON_TOUCH = matchMedia("(pointer: coarse)");

interface Props {
  desk: Desk;
  thread: Thread;
  conversation: TeamConversationDetail;
}

export function Composer({ desk, thread, conversation }: Props) {
  const draft = desk.drafts.of(thread.id).value;
  const { mode } = draft;
  const words = draft[mode];
  const length = characters(words);
  const body = cleaned(words);
  const sendable = body !== "" && length <= BODY_CHARACTERS;
  const box = useGrowing(words);

  const write = (typed: string) => {
    desk.drafts.write(thread.id, mode, typed);
    if (mode === "public" && typed !== "") desk.tellTyping(thread.id);
  };
  const send = () => {
    if (!sendable) return;
    desk.outbox.add(thread.id, mode, body);
    desk.drafts.write(thread.id, mode, "");
  };
  const steer = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    if (event.key === "Escape") focusThread();
    else if (event.key === "Enter" && !event.shiftKey && !ON_TOUCH.matches) send();
    else return;
    event.preventDefault();
  };

  return (
    <form
      class={mode === "note" ? "composer composer-note" : "composer"}
      aria-label="Write"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <WhoWillSee audience={conversation.audience} mode={mode} />
      <div class="composer-box">
        <Modes mode={mode} turnTo={(to) => desk.drafts.turnTo(thread.id, to)} />
        <textarea
          ref={box}
          id={COMPOSER}
          rows={1}
          dir="auto"
          aria-label={mode === "note" ? "Note for your team" : "Reply"}
          aria-describedby="who-will-see"
          placeholder={mode === "note" ? "Write a note …" : "Write a reply …"}
          value={words}
          onFocus={() => thread.refreshDetail()}
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={steer}
        />
        <div class="composer-foot">
          <span class="hint">
            {length > NEARLY ? <Room length={length} /> : "Enter sends, Shift+Enter makes a new line"}
          </span>
          <button type="submit" class="primary" disabled={!sendable}>
            {mode === "note" ? "Add note" : "Send"} <Icon name="send" size={16} />
          </button>
        </div>
      </div>
    </form>
  );
}

function Modes({ mode, turnTo }: { mode: Mode; turnTo: (mode: Mode) => void }) {
  const choose = (to: Mode) => {
    turnTo(to);
    document.getElementById(COMPOSER)?.focus();
  };
  return (
    <fieldset class="modes">
      <legend class="unseen">What you write</legend>
      <button type="button" aria-pressed={mode === "public"} onClick={() => choose("public")}>
        Reply
      </button>
      <button type="button" aria-pressed={mode === "note"} onClick={() => choose("note")}>
        Note
      </button>
    </fieldset>
  );
}

function Room({ length }: { length: number }) {
  const left = BODY_CHARACTERS - length;
  return (
    <span class={left < 0 ? "too-long" : ""}>
      {left < 0 ? `${-left} characters too long` : `${left} characters left`}
    </span>
  );
}
