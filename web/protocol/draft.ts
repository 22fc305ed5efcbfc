import { BODY_CHARACTERS } from "./wire";

/** As the server counts: whole characters, not the halves that JavaScript counts. */
export const characters = (text: string) => [...text].length;

export const isTooLong = (text: string) =>
  text.length > BODY_CHARACTERS && characters(text) > BODY_CHARACTERS;

/** Control characters come from pasting and mean nothing; the server refuses them. */
export const cleaned = (text: string) =>
  Array.from(text.replace(/\r\n?/g, "\n"))
    .filter((character) => character === "\n" || character === "\t" || !/\p{Cc}/u.test(character))
    .join("")
    .trim();
