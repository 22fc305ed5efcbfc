import type { ComponentChildren } from "preact";
import { reception } from "../desk";
import type { Visit } from "../visit";
import { words } from "../words";

/** One calm sentence about what happened to the sign-in or the chat, and what can be done. */
export function NoticeLine({ visit }: { visit: Visit }) {
  const { notice } = visit.arrival;
  if (notice === undefined || visit.standing === "unknown") return null;
  if (notice === "ended") return <Said sentence={words.ended} />;
  if (notice === "signed-out") return <Said sentence={words.signedOut} />;
  return (
    <Said sentence={words.doubted}>
      <button type="button" class="button" onClick={() => reception.writeWithoutHistory()}>
        {words.withoutHistory}
      </button>
    </Said>
  );
}

function Said({ sentence, children }: { sentence: string; children?: ComponentChildren }) {
  return (
    <div class="notice" role="status">
      <p>{sentence}</p>
      {children}
    </div>
  );
}
