import { now } from "../clock";
import { ago, shortTime, timeOfDay, wholeTime } from "../words/times";

const FORMS = {
  ago,
  short: shortTime,
  clock: (at: string) => timeOfDay(at),
};

export function Time({ at, as }: { at: string; as: keyof typeof FORMS }) {
  return (
    <time dateTime={at} title={wholeTime(at)}>
      {FORMS[as](at, now.value)}
    </time>
  );
}
