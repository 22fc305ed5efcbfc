const FIRST = 500;
const LONGEST = 30_000;

/** Grows with each attempt and is scattered, so that a server that comes back isn't met by everybody at once. */
export function delayBefore(attempt: number, random = Math.random()): number {
  const full = Math.min(LONGEST, FIRST * 2 ** attempt);
  return full * (0.5 + random / 2);
}
