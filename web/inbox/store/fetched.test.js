import assert from "node:assert/strict";
import { test } from "node:test";
import { unreachable } from "../../protocol/problem";
import { Fetched } from "./fetched";

/** A question whose answers the test gives, in whatever order. */
function slowQuestion() {
  const waiting = [];
  const ask = () => new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  return { fetched: new Fetched(ask), waiting };
}

test("an answer that a newer asking overtook is dropped", async () => {
  const { fetched, waiting } = slowQuestion();
  const both = [fetched.refresh(), fetched.refresh()];
  waiting[1].resolve("now");
  waiting[0].resolve("before");
  await Promise.all(both);
  assert.equal(fetched.value.value, "now");
});

test("what is known stays on the screen when asking again fails, beside the reason", async () => {
  const { fetched, waiting } = slowQuestion();
  const first = fetched.refresh();
  waiting[0].resolve("known");
  await first;
  const second = fetched.refresh();
  waiting[1].reject(unreachable());
  await second;
  assert.deepEqual([fetched.value.value, fetched.trouble.value.code], ["known", "unreachable"]);
});
