/**
 * Whether a key belongs to the writing of a character, as in Japanese. Of the Enter that ends it Safari says so by its
 * number alone.
 */
export const isComposing = (event: KeyboardEvent) => event.isComposing || event.keyCode === 229;
