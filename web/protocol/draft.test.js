import assert from "node:assert/strict";
import { test } from "node:test";
import { cleaned, isTooLong } from "./draft";
import { BODY_CHARACTERS } from "./wire";

test("a text is too long by whole characters, as the server counts", () => {
  assert.equal(isTooLong("😀".repeat(BODY_CHARACTERS)), false);
  assert.equal(isTooLong("😀".repeat(BODY_CHARACTERS + 1)), true);
});

test("what pasting brings along is left out, and the text is not changed", () => {
  assert.equal(cleaned("  a\r\nb\t\u0000c\u0007 שלום 👩‍👩‍👧 \n"), "a\nb\tc שלום 👩‍👩‍👧");
  assert.equal(cleaned(" \n\u0000"), "");
});
