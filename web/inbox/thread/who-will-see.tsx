import type { Audience } from "../../protocol/wire";
import { Icon } from "../parts/icon";
import type { Mode } from "../store/drafts";

/** Above each composer: who will see what is being written. */
export function WhoWillSee({ audience, mode }: { audience: Audience; mode: Mode }) {
  const reach = mode === "note" ? "team" : audience.reach;
  return (
    <p id="who-will-see" class={`audience audience-${reach}`} aria-live="polite">
      <Icon name={reach === "nobody" ? "no" : "eye"} size={16} />
      <span>
        Who will see this: <b>{mode === "note" ? "only your team" : audience.sentence}</b>
      </span>
    </p>
  );
}
