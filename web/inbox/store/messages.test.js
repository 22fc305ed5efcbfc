import assert from "node:assert/strict";
import { test } from "node:test";
import { byDay, continues, lastSeen, merged } from "./messages";

const ada = { kind: "contact", id: "ada", name: "Ada" };
const grace = { kind: "teammate", id: "grace", name: "Grace" };
const message = (team_seq, author, more = {}) => ({
  id: `m${team_seq}`,
  seq: team_seq,
  team_seq,
  kind: "public",
  author,
  assurance: "signed",
  body: "words",
  sent_at: new Date(2026, 0, 5, 12, team_seq).toISOString(),
  ...more,
});
const ids = (messages) => messages.map(({ id }) => id);

test("each message is there once and in order, however often and in whatever order it came", () => {
  const [one, two, three] = [1, 2, 3].map((seq) => message(seq, ada));
  assert.deepEqual(ids(merged([one, three], [two, three])), ["m1", "m2", "m3"]);
});

test("messages stand under the day on which they were written", () => {
  const yesterday = message(1, ada, { sent_at: new Date(2026, 0, 4, 12).toISOString() });
  const days = byDay([yesterday, message(2, ada), message(3, grace)], new Date(2026, 0, 5, 13).getTime());
  assert.deepEqual(
    days.map(({ name, messages }) => [name, ids(messages)]),
    [
      ["Yesterday", ["m1"]],
      ["Today", ["m2", "m3"]],
    ],
  );
});

test("words that follow soon share a name, unless somebody else wrote them, later, or with less proof", () => {
  const first = message(1, ada);
  assert.ok(continues(message(2, ada), first));
  assert.ok(!continues(message(2, grace), first));
  assert.ok(!continues(message(20, ada), first));
  assert.ok(!continues(message(2, ada, { assurance: "none" }), first));
  assert.ok(!continues(first, undefined));
});

test("what Ada has seen is the last of our answers up to there, never a note and never her own words", () => {
  const thread = [
    message(1, grace),
    message(2, ada),
    message(3, grace),
    message(4, grace, { kind: "note", seq: null }),
  ];
  assert.equal(lastSeen(thread, 2), "m1");
  assert.equal(lastSeen(thread, 9), "m3");
  assert.equal(lastSeen(thread, 0), null);
});
