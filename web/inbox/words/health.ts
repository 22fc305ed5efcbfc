import type { ClockSkew } from "../../protocol/wire";

/** A whole per cent, cut off: 100 % is said only when it is all. */
export const shareOf = (some: number, all: number): string =>
  all === 0 ? "No session yet" : `${Math.floor((100 * some) / all)} %`;

/** How far the clock of who signs seems off. A token that waited is old, and looks like a clock behind. */
export function clockWords(skew: ClockSkew | null): string {
  if (skew === null) return "Not seen in these days";
  const { lowest, median, highest } = skew;
  if (lowest === highest) return `${sided(median)} in every token`;
  return `${sided(median)} in the middle, from ${sided(lowest)} to ${sided(highest)}`;
}

const sided = (seconds: number): string => {
  if (seconds === 0) return "on time";
  return seconds > 0 ? `${long(seconds)} ahead` : `${long(-seconds)} behind`;
};

function long(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}
