import { signal } from "@preact/signals";
import { Refused } from "../protocol/problem";
import { Api } from "./api";
import { isPassing } from "./backoff";
import { Epoch } from "./epoch";
import { keptWord } from "./kept_word";
import { leadSecret } from "./lead_secret";

/**
 * The end of a session, until the server has heard of it. It is kept with the tab, so that a reload doesn't forget it,
 * and nobody comes in before it was told. What is kept is the secret that was in the frame's storage, or an empty word
 * where the browser's cookie speaks; a page session's is gone with its page.
 */
const kept = keptWord("ending");
let untold: { bearer: string | null; how?: string | undefined } | null =
  kept() === null ? null : { bearer: kept() || null };
let telling: Promise<void> | null = null;

/** Whether it was tried and did not work. */
export const isUntold = signal(false);

export function toEnd(bearer: string | null, how?: string): void {
  if (untold === null) {
    untold = { bearer, how };
    kept(leadSecret() ?? "");
  }
  leadSecret(null);
}

/** Tells what there is to tell, once at a time; fails where it could not be told. */
export function ended(): Promise<void> {
  telling ??= tell().finally(() => {
    telling = null;
  });
  return telling;
}

async function tell(): Promise<void> {
  if (untold === null) return;
  try {
    await new Api(untold.bearer, new Epoch()).end(untold.how);
  } catch (error) {
    isUntold.value = error instanceof Refused && isPassing(error);
    if (isUntold.value) throw error;
  }
  untold = null;
  isUntold.value = false;
  kept(null);
}
