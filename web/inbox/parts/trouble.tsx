import type { Refused } from "../../protocol/problem";
import { Icon } from "./icon";
import { Worded } from "./worded";

interface Props {
  refusal: Refused;
  /** Where a field is described by it. */
  id?: string;
  retry?: () => unknown;
  dismiss?: () => unknown;
}

/** What went wrong in a sentence, and what can be done about it. */
export function Trouble({ refusal, id, retry, dismiss }: Props) {
  return (
    <div id={id} class="trouble" role="alert">
      <Icon name="alert" size={16} />
      <p>
        <Worded words={sentence(refusal)} />
      </p>
      {retry && (
        <button type="button" class="quiet" onClick={retry}>
          Try again
        </button>
      )}
      {dismiss && (
        <button type="button" class="quiet" onClick={dismiss}>
          Dismiss
        </button>
      )}
    </div>
  );
}

export function sentence({ status, detail, retryAfter }: Refused): string {
  if (status === 0) return "No connection to the server.";
  if (status === 429 && retryAfter !== null) return `${detail} Try again in ${waiting(retryAfter)}.`;
  return detail;
}

const waiting = (seconds: number): string =>
  seconds < 90 ? `${Math.max(1, Math.ceil(seconds))} s` : `${Math.ceil(seconds / 60)} min`;
