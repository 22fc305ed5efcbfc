import { useEffect, useState } from "preact/hooks";
import { plain } from "../../protocol/markdown_parse";
import type { Reading } from "../../protocol/wire";
import type { Visit } from "../visit";
import * as words from "../words";
import { midSentence } from "./mid_sentence";
import * as seldom from "./seldom_api";
import * as seldomWords from "./seldom_words";
import { Sheet } from "./sheet";

const LETTERS = 90;

/** Who read this person's conversations, the last read first: what kind of reader, how often and when. */
export function Readings({ visit, onClose }: { visit: Visit; onClose: () => void }) {
  const [readings, show] = useState<Reading[] | null>(null);
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    seldom.readings(visit.api).then(
      ({ items }) => show(items),
      () => setFailed(true),
    );
  }, [visit]);
  return (
    <Sheet title={seldomWords.readings} onClose={onClose}>
      {hasFailed && <p role="alert">{words.failed}</p>}
      {readings === null && !hasFailed && <p role="status">{seldomWords.connecting}</p>}
      {readings?.length === 0 && <p>{seldomWords.readingsNone}</p>}
      <ul>
        {byConversation(readings ?? []).map(([id, those]) => (
          <li key={id}>
            <p dir="auto">{lastWords(visit, id)}</p>
            {those.map((reading) => (
              <Line key={reading.reader} reading={reading} />
            ))}
          </li>
        ))}
      </ul>
      <p class="quiet-text">{seldomWords.readingsWhat}</p>
    </Sheet>
  );
}

const Line = ({ reading: { reader, times, last_at } }: { reading: Reading }) => (
  <p class="quiet-text">
    {seldomWords.readingsBy[reader]}: {seldomWords.readingsTimes(times, midSentence(last_at))}
  </p>
);

/** In the order in which the conversations were read last. */
function byConversation(readings: Reading[]): [string, Reading[]][] {
  const found = new Map<string, Reading[]>();
  for (const reading of readings) {
    const { conversation_id: id } = reading;
    found.set(id, [...(found.get(id) ?? []), reading]);
  }
  return [...found];
}

/** The beginning of what the list of conversations calls it, where that list goes so far back. */
function lastWords(visit: Visit, id: string): string {
  const conversation = visit.conversations.value.find((known) => known.id === id);
  if (conversation === undefined) return seldomWords.readingsEarlier;
  const letters = [...plain(conversation.last_message.body)];
  return letters.length > LETTERS ? `${letters.slice(0, LETTERS).join("")}…` : letters.join("");
}
