import assert from "node:assert/strict";
import { test } from "node:test";
import { unreachable } from "../../protocol/problem";
import { Pages } from "./pages";

/** Pages whose answers the test gives, in whatever order. */
function slowPages() {
  const waiting = [];
  const ask = (query) => new Promise((resolve, reject) => waiting.push({ query, resolve, reject }));
  return { pages: new Pages(2, ask), waiting };
}

async function withTwo() {
  const { pages, waiting } = slowPages();
  const first = pages.refresh();
  waiting[0].resolve({ items: ["e", "d"], next_cursor: "behind d" });
  await first;
  return { pages, waiting };
}

test("older items stand behind the newer ones, until there are none", async () => {
  const { pages, waiting } = await withTwo();
  const second = pages.older();
  assert.deepEqual(waiting[1].query, { limit: 2, cursor: "behind d" });
  waiting[1].resolve({ items: ["c"], next_cursor: null });
  await second;
  assert.deepEqual(pages.items.value, ["e", "d", "c"]);
  await pages.older();
  assert.equal(waiting.length, 2, "nothing is older");
});

test("who presses twice gets the older items once", async () => {
  const { pages, waiting } = await withTwo();
  const both = [pages.older(), pages.older()];
  assert.equal(waiting.length, 2);
  waiting[1].resolve({ items: ["c"], next_cursor: null });
  await Promise.all(both);
  assert.deepEqual(pages.items.value, ["e", "d", "c"]);
});

test("older items that come after a look at the newest are dropped", async () => {
  const { pages, waiting } = await withTwo();
  const both = [pages.older(), pages.refresh()];
  waiting[2].resolve({ items: ["f", "e"], next_cursor: "behind e" });
  waiting[1].resolve({ items: ["c"], next_cursor: null });
  await Promise.all(both);
  assert.deepEqual([pages.items.value, pages.next.value], [["f", "e"], "behind e"]);
});

test("what went wrong is asked again as it was, and nothing shown is lost", async () => {
  const { pages, waiting } = await withTwo();
  const second = pages.older();
  waiting[1].reject(unreachable());
  await second;
  assert.deepEqual([pages.items.value, pages.trouble.value.code], [["e", "d"], "unreachable"]);
  const third = pages.again();
  assert.equal(waiting[2].query.cursor, "behind d");
  waiting[2].resolve({ items: ["c"], next_cursor: null });
  await third;
  assert.deepEqual([pages.items.value, pages.trouble.value], [["e", "d", "c"], null]);
});
