import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { NewSigningKey, SigningKeyLine } from "../../protocol/wire";
import { Skeleton } from "../parts/skeleton";
import { Trouble } from "../parts/trouble";
import type { Desk } from "../store/desk";
import { counted } from "../words/people";
import { AddKey } from "./add-key";
import { KeyAddressSetting } from "./key-address";
import { KeyWords } from "./key-words";
import { NewKey } from "./new-key";
import { RevokeDialog } from "./revoke-dialog";

// Whoever changes over waits here for the new key's first use.
const LOOK_EVERY = 5_000;

/** Whom the workspace trusts is the owner's to say; the server refuses everybody else, too. */
export function SigningKeysSetting({ desk }: { desk: Desk }) {
  if (desk.me.role !== "owner")
    return (
      <p class="quiet-words">
        Your workspace's owner looks after the signing keys. Ask them when one has to be added or revoked.
      </p>
    );
  return <Keys desk={desk} />;
}

function Keys({ desk }: { desk: Desk }) {
  const made = useSignal<NewSigningKey | null>(null);
  const revoking = useSignal<SigningKeyLine | null>(null);
  const done = useSignal("");
  const { list } = desk.keys;
  useEffect(() => {
    void list.refresh();
    const looking = setInterval(() => list.refresh(), LOOK_EVERY);
    return () => clearInterval(looking);
  }, [list]);

  const lines = list.value.value?.items ?? null;
  const living = lines?.filter(({ revoked_at }) => revoked_at === null) ?? [];
  const revoke = async ({ kid }: SigningKeyLine) => {
    const ended = await desk.keys.revoke(kid);
    done.value = `${kid} is revoked. ${whoWasOut(ended)}`;
  };
  return (
    <>
      <p class="quiet-words">
        With one of these your site signs who its users are. To change over without a gap: add a new one, let
        the site sign with it, and revoke the old one when it is no longer used.
      </p>
      {made.value === null ? (
        <AddKey keys={desk.keys} onMade={(key) => (made.value = key)} />
      ) : (
        <NewKey made={made.value} onKept={() => (made.value = null)} />
      )}
      <p class="done" role="status">
        {done.value}
      </p>
      {list.trouble.value !== null && <Trouble refusal={list.trouble.value} retry={() => list.refresh()} />}
      {lines === null && list.trouble.value === null && <Skeleton words="Loading the keys" lines={4} />}
      {lines !== null && <Living lines={living} onRevoke={(line) => (revoking.value = line)} />}
      {list.value.value !== null && (
        <KeyAddressSetting
          address={list.value.value.address}
          keys={desk.keys}
          onForgotten={(ended) => (done.value = `The address is forgotten. ${whoWasOut(ended)}`)}
        />
      )}
      {lines !== null && <Revoked lines={lines.filter((line) => !living.includes(line)).reverse()} />}
      {revoking.value !== null && (
        <RevokeDialog
          line={revoking.value}
          last={living.length === 1}
          revoke={revoke}
          onClose={() => (revoking.value = null)}
        />
      )}
    </>
  );
}

const whoWasOut = (ended: number): string =>
  ended === 0
    ? "No session rested on it."
    : `${counted(ended, "session that rested on it is", "sessions that rested on it are")} over.`;

interface LivingProps {
  lines: SigningKeyLine[];
  onRevoke: (line: SigningKeyLine) => void;
}

function Living({ lines, onRevoke }: LivingProps) {
  return (
    <section aria-labelledby="living-keys">
      <h2 id="living-keys">Trusted</h2>
      {lines.length === 0 && <p class="quiet-words">No key: until you add one, nobody can be proved.</p>}
      <ul class="key-lines">
        {lines.map((line) => (
          <li key={line.kid}>
            <KeyWords line={line} />
            <button type="button" class="quiet" aria-haspopup="dialog" onClick={() => onRevoke(line)}>
              Revoke <span class="unseen">{line.kid}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Revoked({ lines }: { lines: SigningKeyLine[] }) {
  if (lines.length === 0) return null;
  return (
    <section aria-labelledby="revoked-keys">
      <h2 id="revoked-keys">Revoked</h2>
      <ul class="key-lines">
        {lines.map((line) => (
          <li key={line.kid}>
            <KeyWords line={line} />
          </li>
        ))}
      </ul>
    </section>
  );
}
