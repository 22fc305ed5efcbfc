import { useState } from "preact/hooks";
import type { Visit } from "../visit";
import * as words from "../words";
import * as seldom from "./seldom_api";
import * as seldomWords from "./seldom_words";

/** In the menu of a chat that may be asked about later: who shares this computer says so, and it is not. */
export function SharedComputer({ visit }: { visit: Visit }) {
  const [said, say] = useState("");
  const renounce = () =>
    seldom.shareComputer(visit.api).then(
      () => say(seldomWords.sharedDone),
      () => say(words.failed),
    );
  return (
    <>
      <button type="button" onClick={renounce}>
        {seldomWords.shared}
      </button>
      <div role="status">{said && <p class="quiet-text">{said}</p>}</div>
    </>
  );
}
