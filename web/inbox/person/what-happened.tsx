import type { Moment, SessionStory } from "../../protocol/wire";
import { now } from "../clock";
import { Icon, type IconName } from "../parts/icon";
import { Skeleton } from "../parts/skeleton";
import { Trouble } from "../parts/trouble";
import { Worded } from "../parts/worded";
import type { Pages } from "../store/pages";
import { pageName } from "../words/pages";
import { HOW_PROVED } from "../words/people";
import { dayAndTime } from "../words/times";

/** The contact's sessions, the newest first: how each began, what was proved and refused in it, and how it ended. */
export function WhatHappened({ stories }: { stories: Pages<SessionStory> }) {
  const items = stories.items.value;
  const trouble = stories.trouble.value;
  return (
    <section>
      <h3>What happened</h3>
      {trouble !== null && <Trouble refusal={trouble} retry={() => stories.again()} />}
      {items === null && trouble === null && <Skeleton words="Looking it up" lines={3} />}
      {items?.length === 0 && <p class="hint">They have not opened the chat yet.</p>}
      <ol class="stories">
        {items?.map((story) => (
          <Story key={story.session_id} story={story} />
        ))}
      </ol>
      {stories.next.value !== null && (
        <button type="button" class="quiet" onClick={() => stories.older()}>
          Show older sessions
        </button>
      )}
    </section>
  );
}

function Story({ story: { assurance, client, page, moments } }: { story: SessionStory }) {
  const where = [HOW_PROVED[assurance], client, page && pageName(page)].filter(Boolean).join(" · ");
  return (
    <li>
      <p class="hint">{where}</p>
      <ol class="moments">
        {moments.map((moment) => (
          <Happened key={`${moment.kind} ${moment.reason} ${moment.at} ${moment.sentence}`} moment={moment} />
        ))}
      </ol>
    </li>
  );
}

const ICONS: Record<Moment["kind"], IconName> = {
  opened: "person",
  proved: "proved",
  refused: "alert",
  ended: "cross",
};

function Happened({ moment: { kind, at, count, reason, sentence, remedy } }: { moment: Moment }) {
  return (
    <li class={`moment moment-${kind}`}>
      <Icon name={ICONS[kind]} size={16} />
      <div>
        <p>
          {sentence} {kind === "refused" && count > 1 && `${count} times.`}{" "}
          {reason !== null && <code>{reason}</code>}
        </p>
        {remedy !== null && (
          <p class="hint">
            <Worded words={remedy} />
          </p>
        )}
        <p class="hint">{dayAndTime(at, now.value)}</p>
      </div>
    </li>
  );
}
