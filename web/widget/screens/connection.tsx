import type { Visit } from "../visit";
import * as words from "../words";

export function Connection({ visit }: { visit: Visit }) {
  const { outbox, isCut } = visit;
  const isUnsent = outbox.items.value.some(({ state }) => state === "sending");
  const isOffline = isCut.value || outbox.isWaiting.value;
  return (
    <p class="connection" role="status">
      {isOffline && (isUnsent ? words.offline : words.cut)}
    </p>
  );
}
