import { keptWord } from "./kept_word";

/**
 * The secret of a lead's session where the browser blocks the chat's cookie. It stays after a sign-in, when it opens
 * nothing more, because the offer of what was written under it follows it.
 */
export const leadSecret = keptWord("lead");
