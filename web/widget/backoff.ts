import type { Refused } from "../protocol/problem";

const FIRST = 500;
const LONGEST = 30_000;

/** Grows with each attempt and is scattered, so that a server that comes back isn't met by everybody at once. */
export function delayBefore(attempt: number, random = Math.random()): number {
  const full = Math.min(LONGEST, FIRST * 2 ** attempt);
  return full * (0.5 + random / 2);
}

/** When to try again what was refused for now: when the server says, or else ever later. */
export const delayAfter = ({ retryAfter }: Refused, attempt: number) =>
  retryAfter === null ? delayBefore(attempt) : retryAfter * 1000;

/** Whether it may work another time. */
export const isPassing = ({ status }: Refused) => status === 0 || status === 429 || status >= 500;
