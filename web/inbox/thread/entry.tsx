import { Markdown } from "../../protocol/markdown";
import type { ContactRef, TeamMessage } from "../../protocol/wire";
import { Icon } from "../parts/icon";
import { OldHashMark, UnprovedMark } from "../parts/identity";
import { Time } from "../parts/time";
import { isUnproved, titleOf } from "../words/people";

interface Props {
  message: TeamMessage;
  contact: ContactRef | null;
  continued: boolean;
  seen: boolean;
}

/** One thing that happened in a conversation: words of the contact, of the team, a note, or an event. */
export function Entry(props: Props) {
  switch (props.message.kind) {
    case "event":
      return <EventLine message={props.message} />;
    case "note":
      return <Note {...props} />;
    case "public":
      return <Bubble {...props} />;
  }
}

function Bubble({ message, contact, continued, seen }: Props) {
  const theirs = message.author.kind === "contact";
  const unproved = theirs && isUnproved(message.assurance);
  return (
    <article class={theirs ? "entry entry-theirs" : "entry entry-ours"}>
      {!continued && (
        <header class="entry-head">
          <bdi>{authorName(message, contact)}</bdi>
          <Time at={message.sent_at} as="clock" />
        </header>
      )}
      <div class="bubble-row">
        <div class="bubble" dir="auto">
          <Markdown source={message.body} />
        </div>
        {unproved && <UnprovedMark />}
        {theirs && message.assurance === "legacy" && <OldHashMark />}
      </div>
      {seen && <p class="entry-foot">Seen</p>}
    </article>
  );
}

function Note({ message, contact }: Props) {
  return (
    <article class="entry note">
      <header class="entry-head">
        <Icon name="note" size={15} />
        <bdi>{authorName(message, contact)}</bdi>
        <Time at={message.sent_at} as="clock" />
        <span>Only your team sees this</span>
      </header>
      <div dir="auto">
        <Markdown source={message.body} />
      </div>
    </article>
  );
}

function EventLine({ message }: { message: TeamMessage }) {
  return (
    <p class="event">
      {message.body} · <Time at={message.sent_at} as="clock" />
    </p>
  );
}

function authorName({ author }: TeamMessage, contact: ContactRef | null): string {
  if (author.kind === "contact" && contact !== null) return titleOf(contact).words;
  return author.name ?? (author.kind === "contact" ? "Contact" : "Team");
}
