import { useEffect, useRef } from "preact/hooks";
import { Skeleton } from "../parts/skeleton";
import { Trouble } from "../parts/trouble";
import type { Desk } from "../store/desk";
import type { Listing } from "../store/listing";
import { NOTHING_IN } from "../words/views";
import { Line } from "./line";

export function ConversationList({ desk, listing }: { desk: Desk; listing: Listing }) {
  const items = listing.items.value;
  const refusal = listing.trouble.value;
  if (!listing.loaded.value && refusal === null) return <Skeleton words="Loading conversations" lines={8} />;
  return (
    <div class="lines">
      {refusal !== null && <Trouble refusal={refusal} retry={() => listing.refresh()} />}
      {items.length === 0 && refusal === null && <Nothing desk={desk} />}
      <ul>
        {items.map((conversation) => (
          <Line
            key={conversation.id}
            conversation={conversation}
            view={desk.view()}
            open={conversation.id === desk.thread.value?.id}
          />
        ))}
      </ul>
      {listing.cursor.value !== null && <More listing={listing} />}
    </div>
  );
}

function Nothing({ desk }: { desk: Desk }) {
  return (
    <p class="nothing">
      {desk.lists.found.value === null
        ? NOTHING_IN[desk.view()]
        : `Nothing found for “${desk.lists.words.value}”.`}
    </p>
  );
}

/** Loads the next page when it comes into sight, and stays a button for those who don't scroll. */
function More({ listing }: { listing: Listing }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const watching = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) void listing.more();
    });
    if (button.current !== null) watching.observe(button.current);
    return () => watching.disconnect();
  }, [listing]);
  return (
    <button ref={button} type="button" class="quiet more" onClick={() => listing.more()}>
      {listing.loadingMore.value ? "Loading …" : "Show more"}
    </button>
  );
}
