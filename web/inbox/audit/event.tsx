import type { AuditEntry, Teammate } from "../../protocol/wire";
import { Icon } from "../parts/icon";
import { Time } from "../parts/time";
import { Worded } from "../parts/worded";
import { idsOf, sealWords } from "../words/audit";
import { ShortId } from "./short-id";

interface Props {
  event: AuditEntry;
  teammates: readonly Teammate[];
  /** Tab comes here, and to no other event. */
  isStop: boolean;
  onVisit: () => void;
}

/** What happened, in a sentence; whose ids it holds; and what vouches for it. */
export function Event({ event, teammates, isStop, onVisit }: Props) {
  const { at, sentence, seal, erased } = event;
  return (
    <li class="happening" tabIndex={isStop ? 0 : -1} onFocusIn={onVisit}>
      <Time at={at} as="clock" />
      <div class="happening-words">
        <p>
          <Worded words={sentence} />
        </p>
        {erased ? (
          <p class="hint">Erased: whom it named is gone, and its hash is still vouched for.</p>
        ) : (
          <ul class="short-ids">
            {idsOf(event, teammates).map(({ what, id }) => (
              <li key={`${what} ${id}`}>
                <ShortId what={what} id={id} isStop={isStop} />
              </li>
            ))}
          </ul>
        )}
      </div>
      <p class={seal === null ? "seal" : "seal sealed"}>
        <Icon name={seal === null ? "old" : "proved"} size={15} />
        {sealWords(event)}
      </p>
    </li>
  );
}
