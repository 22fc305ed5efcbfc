import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { FirstVisit, Me } from "../../protocol/wire";
import { ask } from "../api";
import { Icon } from "../parts/icon";
import { pageName } from "../words/pages";

const LOOK_EVERY = 2_000;

export function VisitStep({ me, onEnter }: { me: Me; onEnter: (me: Me) => void }) {
  const visit = useFirstVisit();
  const page = visit?.page ? pageName(visit.page) : "your site";
  return (
    <section aria-labelledby="visit-title" class="visit">
      <h1 id="visit-title">{visit === null ? "Waiting for the first visit" : "The chat is on your site"}</h1>
      <p class={visit === null ? "visit-waiting" : "visit-green"} role="status">
        {visit === null ? <span class="pulse" /> : <Icon name="yes" />}
        {visit === null
          ? "Open a page with the snippet. This turns green by itself."
          : `First seen on ${page}.`}
      </p>
      <button type="button" class={visit === null ? "quiet" : "primary"} onClick={() => onEnter(me)}>
        {visit === null ? "Go to the inbox meanwhile" : "Open the inbox"}
      </button>
    </section>
  );
}

/** Asks until somebody came. A question that fails is asked again with the next. */
function useFirstVisit(): FirstVisit | null {
  const visit = useSignal<FirstVisit | null>(null);
  useEffect(() => {
    const looking = setInterval(async () => {
      const answer = await ask<FirstVisit>("/setup/visit").catch(() => null);
      if (answer === null || answer.first_visit_at === null) return;
      visit.value = answer;
      clearInterval(looking);
    }, LOOK_EVERY);
    return () => clearInterval(looking);
  }, [visit]);
  return visit.value;
}
