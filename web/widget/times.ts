const DAY = 24 * 60 * 60_000;
const locale = () => navigator.languages.find((language) => language.startsWith("en")) ?? "en-GB";

const format = (options: Intl.DateTimeFormatOptions) => (date: Date) =>
  new Intl.DateTimeFormat(locale(), options).format(date);
const clock = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const weekday = format({ weekday: "long" });
const dayAndMonth = format({ day: "numeric", month: "short" });
const wholeDate = format({ day: "numeric", month: "short", year: "numeric" });

/** "Today 14:02", "Tuesday 14:02", "12 Mar 14:02". */
export function stamp(time: string, now = new Date()): string {
  const date = new Date(time);
  return `${day(date, now)} ${clock(date)}`;
}

/** For a list, where today needs no name: "14:02", "Tuesday", "12 Mar". */
export function shortStamp(time: string, now = new Date()): string {
  const date = new Date(time);
  return daysBetween(date, now) === 0 ? clock(date) : day(date, now);
}

/** Whether a new stamp belongs above this message. */
export const isLater = (time: string, before: string | undefined) =>
  before === undefined || Date.parse(time) - Date.parse(before) > 60 * 60_000 || !isSameDay(time, before);

const isSameDay = (one: string, other: string) => daysBetween(new Date(one), new Date(other)) === 0;

function day(date: Date, now: Date): string {
  const days = daysBetween(date, now);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  if (days > 1 && days < 7) return weekday(date);
  return date.getFullYear() === now.getFullYear() ? dayAndMonth(date) : wholeDate(date);
}

const daysBetween = (date: Date, now: Date) => Math.round((midnight(now) - midnight(date)) / DAY);
const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
