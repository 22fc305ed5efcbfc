import { useState } from "preact/hooks";
import { CLAIM_CHARACTERS } from "../../protocol/wire";
import type { Visit } from "../visit";
import * as words from "../words";
import { Answer } from "./answer";
import { inherit } from "./inherit";

/** A claim: noted for the team, and answered alike whatever the address is. */
export function EmailRow({ visit }: { visit: Visit }) {
  const isClaimed = visit.session.value?.contact.assurance !== "none";
  const [wasClaimed] = useState(isClaimed);
  if (wasClaimed) return null;
  if (isClaimed)
    return (
      <p ref={inherit} tabIndex={-1} class="quiet-text" role="status">
        {words.emailNoted}
      </p>
    );
  return (
    <Answer
      label={words.emailLabel}
      act={words.emailLeave}
      hint={words.emailWhy}
      wrong={words.emailWrong}
      input={{ type: "email", autocomplete: "email", maxLength: CLAIM_CHARACTERS }}
      onAnswer={(email) => visit.claim({ email })}
    />
  );
}
