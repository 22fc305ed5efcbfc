import { reception } from "../desk";
import type { Notice, Visit } from "../visit";
import { words } from "../words";

const SENTENCES: Record<Notice, string> = {
  doubted: words.doubted,
  ended: words.ended,
  "signed-out": words.signedOut,
};

/** One calm sentence about what happened to the sign-in or the chat, and what can be done. */
export function NoticeLine({ visit }: { visit: Visit }) {
  const { notice } = visit.arrival;
  if (notice === undefined || visit.standing === "unknown") return null;
  return (
    <div class="notice" role="status">
      <p>{SENTENCES[notice]}</p>
      {visit.standing === "doubted" && (
        <button type="button" class="button" onClick={() => reception.writeWithoutHistory()}>
          {words.withoutHistory}
        </button>
      )}
    </div>
  );
}
