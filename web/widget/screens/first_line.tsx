import { useState } from "preact/hooks";
import type { OfferedConversation } from "../../protocol/wire";
import type { Offering } from "../offer";
import * as words from "../words";
import { inherit } from "./inherit";
import * as seldom from "./seldom_api";
import * as seldomWords from "./seldom_words";
import { whenAndWhere } from "./when_and_where";

/** What was written first, for who wants to know it again: whoever looks on must not see it unasked. */
export function FirstLine({ of, offering }: { of: OfferedConversation; offering: Offering }) {
  const [line, show] = useState<string | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const ask = () => {
    setFailed(false);
    seldom.firstLine(offering.api, of.conversation_id).then(show, () => setFailed(true));
  };
  if (line !== null) {
    return (
      <blockquote ref={inherit} tabIndex={-1} class="first-line" dir="auto" role="status">
        {line}
      </blockquote>
    );
  }
  return (
    <>
      <button
        type="button"
        class="link"
        aria-label={`${seldomWords.offerFirstLine}: ${whenAndWhere(of)}`}
        onClick={ask}
      >
        {seldomWords.offerFirstLine}
      </button>
      {hasFailed && <p role="alert">{words.failed}</p>}
    </>
  );
}
