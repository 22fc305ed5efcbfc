import { reception } from "../desk";
import { isUntold } from "../ending";
import type { Notice, Visit } from "../visit";
import * as words from "../words";

const SENTENCES: Record<Notice, string> = {
  doubted: words.doubted,
  ended: words.ended,
  "signed-out": words.signedOut,
};

/** One calm sentence about what happened to the sign-in or the chat, and what can be done. */
export function NoticeLine({ visit }: { visit: Visit }) {
  const { notice } = visit.arrival;
  const sentence = isUntold.value ? words.untold : notice && SENTENCES[notice];
  if (!sentence || visit.standing === "unknown") return null;
  return (
    <div class="notice" role="status">
      <p>{sentence}</p>
      {visit.standing === "doubted" && (
        <button type="button" class="button" onClick={() => reception.writeWithoutHistory()}>
          {words.withoutHistory}
        </button>
      )}
    </div>
  );
}
