import assert from "node:assert/strict";
import { test } from "node:test";
import { hasGap, lastSeq, lastSeqInRow, merged } from "./messages";

const messages = (...seqs) => seqs.map((seq) => ({ seq }));

test("each message is there once and in order, however it arrives", () => {
  const known = merged(messages(1, 2, 4), messages(3, 2));
  assert.deepEqual(
    known.map(({ seq }) => seq),
    [1, 2, 3, 4],
  );
  assert.equal(hasGap(known), false);
});

test("a gap is asked for from the last message before it", () => {
  const known = merged(messages(7, 8), messages(11, 10));
  assert.equal(hasGap(known), true);
  assert.equal(lastSeqInRow(known), 8);
  assert.equal(lastSeq(known), 11);
  assert.equal(lastSeqInRow([]), 0);
});
