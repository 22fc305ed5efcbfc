import assert from "node:assert/strict";
import { test } from "node:test";
import { Epoch } from "./epoch";

test("what was begun for one person doesn't happen for the next", async () => {
  const happened = [];
  const epoch = new Epoch();
  epoch.after(5, () => happened.push("after"));
  epoch.every(5, () => happened.push("every"));
  epoch.whenOver(() => happened.push("over"));
  epoch.end();
  epoch.after(1, () => happened.push("late"));
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.deepEqual(happened, ["over"]);
  assert.throws(() => epoch.signal.throwIfAborted());
});

test("a timer of a living epoch fires, unless it is stopped", async () => {
  const happened = [];
  const epoch = new Epoch();
  epoch.after(1, () => happened.push("kept"));
  epoch.after(1, () => happened.push("stopped"))();
  await epoch.pause(10);
  assert.deepEqual(happened, ["kept"]);
});
