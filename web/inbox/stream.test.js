import assert from "node:assert/strict";
import { test } from "node:test";
import { pause } from "./stream";

test("a lost connection is tried again soon, then ever more slowly, but at least every 20 seconds", () => {
  const pauses = [0, 1, 2, 3, 10, 1000].map((tries) => pause(tries, 1));
  assert.deepEqual(pauses, [500, 1000, 2000, 4000, 20_000, 20_000]);
});

test("clients that lost the server together do not come back together", () => {
  assert.ok(pause(5, 0) < pause(5, 1) && pause(5, 0) > 0);
});
