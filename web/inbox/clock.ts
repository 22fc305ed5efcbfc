import { signal } from "@preact/signals";

/** The time that "2 min ago" is told by. */
export const now = signal(Date.now());

setInterval(() => {
  now.value = Date.now();
}, 20_000);
