const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const clockTime = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "long" });
const dayAndMonth = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const dayMonthYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const everything = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "short" });

/** 14:02 */
export const timeOfDay = (at: string): string => clockTime.format(new Date(at));

/** Tuesday 3 March 2026 at 14:02, for whoever points at a short time. */
export const wholeTime = (at: string): string => everything.format(new Date(at));

/** Today, Yesterday, Tuesday, 12 Mar, 12 Mar 2024: as short as it can be without a doubt. */
export function dayName(at: string, now: number): string {
  const days = daysBetween(new Date(at), new Date(now));
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  if (days > 1 && days < 7) return weekday.format(new Date(at));
  return dateName(at, now);
}

/** 12 Mar, or 12 Mar 2024 when it was another year. */
function dateName(at: string, now: number): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (sameYear ? dayAndMonth : dayMonthYear).format(new Date(at));
}

/** The time of day for today, the date for what is older: what fits in a list. */
export function shortTime(at: string, now: number): string {
  return daysBetween(new Date(at), new Date(now)) === 0 ? timeOfDay(at) : dateName(at, now);
}

/** just now, 2 min ago, 3 h ago, 12 Mar */
export function ago(at: string, now: number): string {
  const passed = now - Date.parse(at);
  if (passed < MINUTE) return "just now";
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)} min ago`;
  if (passed < 24 * HOUR) return `${Math.floor(passed / HOUR)} h ago`;
  return dateName(at, now);
}

/** today at 14:02, 12 Mar at 14:02 */
export function dayAndTime(at: string, now: number): string {
  const day = dayName(at, now);
  const relative = day === "Today" || day === "Yesterday";
  return `${relative ? day.toLowerCase() : day} at ${timeOfDay(at)}`;
}

/** 12 Mar 2024, of a day that is named without a time. */
export const dateOf = (day: string | undefined): string =>
  day === undefined ? "" : dayMonthYear.format(new Date(`${day}T12:00`));

const midnight = (time: Date): number => new Date(time).setHours(0, 0, 0, 0);

// Rounded, because a day on which the clocks change has 23 or 25 hours.
const daysBetween = (earlier: Date, later: Date): number =>
  Math.round((midnight(later) - midnight(earlier)) / (24 * HOUR));
