import assert from "node:assert/strict";
import { test } from "node:test";
import { clockWords, shareOf } from "./health.ts";

test("a share is rounded down, so that all means all", () => {
  assert.equal(shareOf(999, 1000), "99 %");
  assert.equal(shareOf(4, 4), "100 %");
  assert.equal(shareOf(0, 0), "No session yet");
});

test("a clock is told by which side it is on", () => {
  assert.equal(clockWords({ lowest: 0, median: 0, highest: 0, tokens: 3 }), "on time in every token");
  assert.equal(
    clockWords({ lowest: -300, median: -2, highest: 30, tokens: 9 }),
    "2 s behind in the middle, from 5 min behind to 30 s ahead",
  );
  assert.equal(clockWords(null), "Not seen in these days");
});
