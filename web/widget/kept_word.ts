import { config } from "./config";

/**
 * A word that lasts as long as the tab: in the storage of the chat's own frame, or in memory where a browser keeps
 * none. What is made here answers with the word; given one it keeps that, and given null it forgets.
 */
export function keptWord(name: string) {
  const key = `privity:${name}:${config.workspace}`;
  let memory: string | null = null;
  return (word?: string | null): string | null => {
    if (word !== undefined) memory = word;
    try {
      if (word === null) sessionStorage.removeItem(key);
      else if (word !== undefined) sessionStorage.setItem(key, word);
      return sessionStorage.getItem(key) ?? memory;
    } catch {
      return memory;
    }
  };
}
