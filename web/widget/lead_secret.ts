import { config } from "./config";

/**
 * The secret of a lead's session where the browser blocks the chat's cookie. It stays after a sign-in, when it opens
 * nothing more, because the offer of what was written under it follows it.
 */
const KEY = `privity:lead:${config.workspace}`;
let memory: string | null = null;

export function leadSecret(): string | null {
  try {
    return sessionStorage.getItem(KEY) ?? memory;
  } catch {
    return memory;
  }
}

export function keepLeadSecret(secret: string): void {
  memory = secret;
  try {
    sessionStorage.setItem(KEY, secret);
  } catch {}
}

export function forgetLeadSecret(): void {
  memory = null;
  try {
    sessionStorage.removeItem(KEY);
  } catch {}
}
