import { useState } from "preact/hooks";
import { CLAIM_CHARACTERS } from "../../protocol/wire";
import type { Visit } from "../visit";
import { words } from "../words";
import { Answer } from "./answer";

/** A claim: noted for the team, and answered alike whatever the address is. */
export function EmailRow({ visit }: { visit: Visit }) {
  const [isNoted, setNoted] = useState(false);
  if (isNoted)
    return (
      <p class="quiet-text" role="status">
        {words.emailNoted}
      </p>
    );
  if (visit.session.value?.contact.assurance !== "none") return null;
  return (
    <Answer
      label={words.emailLabel}
      act={words.emailLeave}
      hint={words.emailWhy}
      wrong={words.emailWrong}
      input={{ type: "email", autocomplete: "email", maxLength: CLAIM_CHARACTERS }}
      onAnswer={(email) => visit.claim({ email }).then(() => setNoted(true))}
    />
  );
}
