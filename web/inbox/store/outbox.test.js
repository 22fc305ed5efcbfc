import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused, unreachable } from "../../protocol/problem";
import { Outbox } from "./outbox";

/** A server that answers when the test says so, and remembers what it was sent. */
function postOffice() {
  const letters = [];
  const post = (path, written) =>
    new Promise((resolve, reject) => letters.push({ path, written, store: resolve, lose: reject }));
  return { api: { post }, letters };
}

const stored = (id, body) => ({
  id,
  kind: "public",
  body,
  author: { kind: "teammate", id: "grace", name: "Grace" },
});
const settled = () => new Promise((resolve) => setTimeout(resolve));

test("a message that did not arrive is kept, and sent again under the same client_id", async () => {
  const { api, letters } = postOffice();
  const heard = [];
  const outbox = new Outbox(api, (conversation, message) => heard.push([conversation, message.id]));

  outbox.add("ada", "public", "Hello Ada");
  await settled();
  letters[0].lose(unreachable());
  await settled();
  assert.equal(outbox.pending.value[0].refusal.code, "unreachable");

  outbox.retryUnreached();
  await settled();
  assert.equal(letters[1].written.client_id, letters[0].written.client_id);
  letters[1].store(stored("m1", "Hello Ada"));
  await settled();
  assert.deepEqual([outbox.pending.value, heard], [[], [["ada", "m1"]]]);
});

test("two answers go one after the other, so that the second cannot overtake the first", async () => {
  const { api, letters } = postOffice();
  const outbox = new Outbox(api, () => {});
  outbox.add("ada", "public", "first");
  outbox.add("ada", "public", "second");
  await settled();
  assert.equal(letters.length, 1, "the first must still be under way for this test to mean anything");
  letters[0].store(stored("m1", "first"));
  await settled();
  assert.equal(letters[1].written.body, "second");
});

test("a message that comes back over the socket before its answer stands there once", async () => {
  const { api, letters } = postOffice();
  const outbox = new Outbox(api, () => {});
  outbox.add("ada", "public", "Hello Ada");
  outbox.add("ada", "public", "Hello Ada");
  await settled();

  outbox.recognise("ada", stored("m1", "Hello Ada"));
  assert.equal(outbox.pending.value.length, 1);
  letters[0].store(stored("m1", "Hello Ada"));
  await settled();
  outbox.recognise("ada", stored("m1", "Hello Ada"));
  assert.equal(
    outbox.pending.value.length,
    1,
    "the same words, said again on purpose, are still on their way",
  );
});

test("the same words in another conversation are another message", async () => {
  const { api } = postOffice();
  const outbox = new Outbox(api, () => {});
  outbox.add("ada", "public", "Hello");
  await settled();
  outbox.recognise("bob", stored("m1", "Hello"));
  assert.equal(outbox.pending.value.length, 1);
});

test("a fault of the inbox's own keeps one message from being sent, and none of those behind it", async () => {
  const { api, letters } = postOffice();
  const told = [];
  globalThis.reportError = (fault) => told.push(fault.message);
  const outbox = new Outbox(api, () => {});
  outbox.add("ada", "public", "first");
  outbox.add("ada", "public", "second");
  await settled();
  letters[0].lose(new TypeError("a fault"));
  await settled();
  const [first] = outbox.pending.value;
  assert.deepEqual([first.body, first.refusal.code, told], ["first", "unreachable", ["a fault"]]);
  assert.equal(letters[1].written.body, "second");
});

test("what Grace's session ended under is sent when she is back, under the same client_id", async () => {
  const before = postOffice();
  const ended = new Outbox(before.api, () => {});
  for (const words of ["first", "second", "third"]) ended.add("ada", "public", words);
  await settled();
  before.letters[0].lose(new Refused(401, "session_over", "You are not signed in."));
  await settled();
  before.letters[1].lose(unreachable());
  await settled();
  assert.equal(before.letters.length, 3, "the third must still be under way for this test to mean anything");

  const { api, letters } = postOffice();
  const outbox = new Outbox(api, () => {}, ended.pending.value);
  outbox.retryUnreached();
  for (const letter of [0, 1, 2]) {
    await settled();
    letters[letter].store(stored(`m${letter}`, letters[letter].written.body));
  }
  await settled();
  assert.deepEqual(
    letters.map(({ written }) => written),
    before.letters.map(({ written }) => written),
  );
  assert.deepEqual(outbox.pending.value, []);
});
