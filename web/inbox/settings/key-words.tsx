import type { SigningKeyLine } from "../../protocol/wire";
import { now } from "../clock";
import { Icon } from "../parts/icon";
import { Time } from "../parts/time";
import { counted } from "../words/people";

/** A key by its name, and below it how it is used and until when. */
export function KeyWords({ line }: { line: SigningKeyLine }) {
  const { kid, name, alg, issuer, created_at } = line;
  return (
    <div class="key-words">
      <p>
        <Icon name={isTrusted(line) ? "proved" : "no"} size={16} />
        {name !== null && (
          <>
            <bdi>{name}</bdi>{" "}
          </>
        )}
        <code>{kid}</code> <span class="hint">{alg}</span>
      </p>
      <p class="hint">
        Since <Time at={created_at} as="short" /> · <Use line={line} />
        <End line={line} />
      </p>
      {issuer !== null && (
        <p class="hint">
          Its tokens must name the issuer <code>{issuer}</code>
        </p>
      )}
    </div>
  );
}

function Use({ line: { last_used_at, accepted, refused } }: { line: SigningKeyLine }) {
  return (
    <>
      {last_used_at === null ? (
        "never used"
      ) : (
        <>
          last used <Time at={last_used_at} as="ago" />
        </>
      )}
      {accepted > 0 && ` · ${counted(accepted, "token", "tokens")} accepted`}
      {refused > 0 && ` · ${counted(refused, "token", "tokens")} refused`}
    </>
  );
}

function End({ line: { stops_at, revoked_at, listed } }: { line: SigningKeyLine }) {
  if (revoked_at !== null)
    return (
      <>
        {" "}
        · revoked <Time at={revoked_at} as="ago" />
      </>
    );
  if (listed === false) return <> · not at your address of keys any more</>;
  if (stops_at === null) return null;
  return (
    <>
      {" "}
      · {hasPassed(stops_at) ? "stopped" : "stops"} <Time at={stops_at} as="short" />
    </>
  );
}

const hasPassed = (at: string): boolean => Date.parse(at) <= now.value;

const isTrusted = ({ stops_at, revoked_at, listed }: SigningKeyLine): boolean =>
  revoked_at === null && listed !== false && (stops_at === null || !hasPassed(stops_at));
