import type { SigningKeyLine } from "../../protocol/wire";
import { Confirm } from "../parts/confirm";
import { Time } from "../parts/time";

interface Props {
  line: SigningKeyLine;
  last: boolean;
  revoke: (line: SigningKeyLine) => Promise<void>;
  onClose: () => void;
}

export function RevokeDialog({ line, last, revoke, onClose }: Props) {
  const { kid, last_used_at } = line;
  return (
    <Confirm title={`Revoke ${kid}?`} act="Revoke the key" onConfirm={() => revoke(line)} onClose={onClose}>
      <p>
        Everybody who is signed in with it is out at once, and what it signed proves nobody any more. It
        cannot be taken back.
      </p>
      {last_used_at !== null && (
        <p>
          It was last used <Time at={last_used_at} as="ago" />.
        </p>
      )}
      {last && <p>It is the only key that you trust: until there is another, nobody can be proved.</p>}
    </Confirm>
  );
}
