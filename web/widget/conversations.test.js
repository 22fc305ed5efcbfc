import assert from "node:assert/strict";
import { test } from "node:test";
import { allRead, joined, noted } from "./conversations";

const message = (seq, kind = "teammate") => ({
  seq,
  author: { kind, name: null },
  sent_at: `2026-01-01T00:00:${String(seq).padStart(2, "0")}Z`,
});
const conversation = (id, seq, unread = 0) => ({ id, unread, last_message: message(seq) });

test("an answer is unread once, however often the event arrives", () => {
  const once = noted([conversation("a", 1)], "a", message(2));
  assert.equal(once[0].unread, 1);
  assert.deepEqual(noted(once, "a", message(2)), once);
  assert.equal(noted(once, "a", message(3, "contact"))[0].unread, 1);
  assert.equal(allRead(once, "a")[0].unread, 0);
});

test("the conversation with the newest word comes first", () => {
  const list = noted([conversation("a", 5), conversation("b", 1)], "b", message(9));
  assert.deepEqual(
    list.map(({ id }) => id),
    ["b", "a"],
  );
});

test("a late answer takes nothing away that was heard meanwhile", () => {
  const heard = [conversation("a", 7, 1), conversation("b", 3)];
  assert.deepEqual(joined(heard, [conversation("a", 6)]), heard);
  assert.deepEqual(joined(heard, []), heard);
});
