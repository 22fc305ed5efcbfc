import assert from "node:assert/strict";
import { test } from "node:test";
import { Thread } from "./thread";

const ada = { kind: "contact", id: "ada", name: "Ada" };
const message = (team_seq) => ({ id: `m${team_seq}`, seq: team_seq, team_seq, kind: "public", author: ada });
const detail = { id: "c", contact: { id: "ada" }, contact_read_seq: 7 };

/** A server with these messages, which answers at once and remembers what it was asked. */
function archive(messages) {
  const asked = [];
  const get = async (path, query = {}) => {
    asked.push({ path, ...query });
    if (!path.endsWith("/messages")) return detail;
    const { before = Number.POSITIVE_INFINITY, after = 0, limit } = query;
    const within = messages.filter(({ team_seq }) => team_seq > after && team_seq < before);
    const items = "after" in query ? within.slice(0, limit) : within.slice(-limit);
    const more = within.length > items.length;
    return { items, next_cursor: more ? items.at("after" in query ? -1 : 0).team_seq : null };
  };
  return { api: { get, post: async () => undefined }, asked, messages };
}

const seqs = (thread) => thread.messages.value.map(({ team_seq }) => team_seq);
const upTo = (last) => Array.from({ length: last }, (_, index) => message(index + 1));

test("a conversation opens at its end, and the earlier words come when they are asked for", async () => {
  const thread = new Thread(archive(upTo(70)).api, "c");
  await thread.load();
  assert.deepEqual([seqs(thread).at(0), seqs(thread).at(-1)], [21, 70]);
  await thread.loadEarlier();
  assert.deepEqual(
    seqs(thread),
    upTo(70).map(({ team_seq }) => team_seq),
  );
  assert.equal(thread.earlier.value, null);
});

test("the next message is taken as it comes, without asking", async () => {
  const { api, asked } = archive(upTo(2));
  const thread = new Thread(api, "c");
  await thread.load();
  const before = asked.length;
  thread.hear(message(3));
  assert.deepEqual([seqs(thread), asked.length], [[1, 2, 3], before]);
});

test("a message that comes after a gap brings what was missed, all of it and in order", async () => {
  const server = archive(upTo(2));
  const thread = new Thread(server.api, "c");
  await thread.load();
  server.messages.push(...upTo(130).slice(2));
  thread.hear(message(130));
  await thread.catchUp();
  assert.deepEqual(
    seqs(thread),
    upTo(130).map(({ team_seq }) => team_seq),
  );
});

test("a message that is told twice stands there once", async () => {
  const thread = new Thread(archive(upTo(2)).api, "c");
  await thread.load();
  thread.hear(message(3));
  thread.hear(message(3));
  thread.hear(message(1));
  assert.deepEqual(seqs(thread), [1, 2, 3]);
});

test("how far Ada has read stands there from the beginning, and no older word of it takes that back", async () => {
  const thread = new Thread(archive(upTo(9)).api, "c");
  await thread.load();
  assert.equal(thread.seen.value, 7);
  thread.hearSeen(9);
  await thread.refreshDetail();
  assert.equal(thread.seen.value, 9);
});
