import assert from "node:assert/strict";
import { test } from "node:test";
import { belongsTo, keptBelow, placed, withMessage, withPage } from "./ordering";

const grace = { id: "grace", name: "Grace", email: "grace@example.com" };
const otto = { id: "otto", name: "Otto", email: "otto@example.com" };

const conversation = (id, minute, more = {}) => ({
  id,
  state: "open",
  assignee: null,
  unread: 0,
  last_message: {
    author: { kind: "contact", name: null },
    body: id,
    sent_at: new Date(2026, 0, 1, 12, minute).toISOString(),
  },
  ...more,
});
const ids = (list) => list.map(({ id }) => id);
const all = belongsTo("all", grace.id);

test("a view shows what the server would show in it", () => {
  const kinds = {
    free: conversation("free", 1),
    graces: conversation("graces", 1, { assignee: grace }),
    ottos: conversation("ottos", 1, { assignee: otto }),
    over: conversation("over", 1, { state: "closed", assignee: grace }),
  };
  const shown = (view) => ids(Object.values(kinds).filter(belongsTo(view, grace.id)));
  assert.deepEqual(shown("mine"), ["graces"]);
  assert.deepEqual(shown("unassigned"), ["free"]);
  assert.deepEqual(shown("all"), ["free", "graces", "ottos"]);
  assert.deepEqual(shown("closed"), ["over"]);
});

test("a conversation in which somebody writes comes first, once", () => {
  const list = [conversation("b", 2), conversation("a", 1)];
  assert.deepEqual(ids(placed(list, conversation("a", 3), all)), ["a", "b"]);
});

test("a conversation that is closed leaves the list of open ones", () => {
  const list = [conversation("b", 2), conversation("a", 1)];
  assert.deepEqual(ids(placed(list, conversation("a", 1, { state: "closed" }), all)), ["b"]);
});

test("what was loaded below a fresh head stays, where its last line stands as it did", () => {
  const list = [conversation("d", 4), conversation("c", 3), conversation("b", 2), conversation("a", 1)];
  assert.deepEqual(ids(keptBelow(list, [conversation("e", 5), conversation("c", 3)])), ["b", "a"]);
  assert.deepEqual(ids(keptBelow(list, [conversation("a", 9), conversation("c", 3)])), ["b"], "a moved up");
});

test("nothing stays below a head whose last line is new or moved: who knows what came between", () => {
  const list = [conversation("b", 2), conversation("a", 1)];
  assert.deepEqual(keptBelow(list, [conversation("d", 9), conversation("c", 8)]), []);
  assert.deepEqual(keptBelow(list, [conversation("d", 9), conversation("b", 8)]), []);
  assert.deepEqual(keptBelow(list, []), []);
});

test("a page that overlaps shows nobody twice, and what moved up stays up", () => {
  const list = [conversation("a", 9), conversation("b", 2)];
  assert.deepEqual(ids(withPage(list, [conversation("a", 1), conversation("c", 0)])), ["a", "b", "c"]);
});

test("Ada's message is unread and stands in the list; Grace's answer is not unread; a note, or one told twice, changes nothing", () => {
  const before = conversation("a", 1);
  const said = (kind, author) => ({
    kind,
    author,
    body: "words",
    sent_at: new Date(2026, 0, 1, 13).toISOString(),
  });
  const asked = withMessage(before, said("public", { kind: "contact", id: "ada", name: "Ada" }));
  assert.deepEqual([asked.unread, asked.last_message.body], [1, "words"]);
  const answered = withMessage(before, said("public", { kind: "teammate", id: "grace", name: "Grace" }));
  assert.deepEqual([answered.unread, answered.last_message.author.name], [0, "Grace"]);
  assert.equal(withMessage(asked, said("public", { kind: "contact", id: "ada", name: "Ada" })), asked);
  assert.equal(withMessage(before, said("note", { kind: "teammate", id: "grace", name: "Grace" })), before);
  assert.equal(withMessage(before, said("event", { kind: "system", id: null, name: null })), before);
});
