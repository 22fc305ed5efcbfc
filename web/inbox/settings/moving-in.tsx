import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { LegacySwitch } from "../../protocol/wire";
import { now } from "../clock";
import { Confirm } from "../parts/confirm";
import { Skeleton } from "../parts/skeleton";
import { Time } from "../parts/time";
import { Trouble } from "../parts/trouble";
import type { Desk } from "../store/desk";
import { counted } from "../words/people";
import { dayAndTime } from "../words/times";

const NAMES: Record<LegacySwitch["product"], string> = {
  chatwoot: "Chatwoot",
  crisp: "Crisp",
  customerly: "Customerly",
  helpscout: "Help Scout",
  intercom: "Intercom",
};

/** Whose old hashes are taken, until when. They are switched on where the secret passes no browser. */
export function MovingIn({ desk }: { desk: Desk }) {
  if (desk.me.role !== "owner")
    return <p class="quiet-words">Your workspace's owner decides whose old hashes are taken.</p>;
  return <Switches desk={desk} />;
}

function Switches({ desk: { oldHashes } }: { desk: Desk }) {
  const leaving = useSignal<LegacySwitch | null>(null);
  const done = useSignal("");
  const { list } = oldHashes;
  useEffect(() => void list.refresh(), [list]);

  const lines = list.value.value?.items ?? null;
  const turnOff = async ({ product }: LegacySwitch) => {
    const ended = await oldHashes.turnOff(product);
    done.value = `${NAMES[product]} is off. ${counted(ended, "session is", "sessions are")} over.`;
  };
  return (
    <>
      <p class="quiet-words">
        While you move from another product, the hashes that your site gave it can prove your users here,
        until a date. They have no end of their own: let your site sign tokens, and switch them off. One is
        switched on with <code>privity legacy on</code>.
      </p>
      <p class="done" role="status">
        {done.value}
      </p>
      {list.trouble.value !== null && <Trouble refusal={list.trouble.value} retry={() => list.refresh()} />}
      {lines === null && list.trouble.value === null && <Skeleton words="Loading" lines={3} />}
      {lines !== null && <Lines lines={lines} onLeave={(line) => (leaving.value = line)} />}
      {leaving.value !== null && (
        <Confirm
          title={`Take ${NAMES[leaving.value.product]}'s hashes no more?`}
          act="Switch off"
          onConfirm={() => turnOff(leaving.value as LegacySwitch)}
          onClose={() => (leaving.value = null)}
        >
          <p>Everybody who is proved by one is out at once, until your site signs a token for them.</p>
        </Confirm>
      )}
    </>
  );
}

function Lines({ lines, onLeave }: { lines: LegacySwitch[]; onLeave: (line: LegacySwitch) => void }) {
  if (lines.length === 0) return <p class="quiet-words">No old hashes are taken.</p>;
  return (
    <ul class="key-lines">
      {[...lines].reverse().map((line) => (
        <li key={line.on_at}>
          <div class="key-words">
            <p>
              <strong>{NAMES[line.product]}</strong>
            </p>
            <p class="hint">
              {line.off_at !== null ? (
                <>
                  Off since <Time at={line.off_at} as="ago" />
                </>
              ) : (
                <>
                  {line.proves ? "Until" : "It was over on"} {dayAndTime(line.until, now.value)}
                </>
              )}
              {" · "}
              {line.accepted} accepted, {line.refused} refused
            </p>
          </div>
          {line.off_at === null && (
            <button type="button" class="quiet" aria-haspopup="dialog" onClick={() => onLeave(line)}>
              Switch off <span class="unseen">{NAMES[line.product]}</span>
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
