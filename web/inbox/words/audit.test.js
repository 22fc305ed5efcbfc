import assert from "node:assert/strict";
import { test } from "node:test";
import { idsOf, sealWords, shortId } from "./audit";

const GRACE = { id: "0190-9ace", name: "Grace Hopper", email: "grace@acme.example" };
const nothing = {
  actor: "system",
  actor_id: null,
  session_id: null,
  conversation_id: null,
  subject_id: null,
  about: null,
};
const told = (event) => idsOf({ ...nothing, ...event }, [GRACE]).map(({ what, id }) => `${what} ${id}`);

test("a teammate who answers here is told by name, and one who is not known by the word", () => {
  assert.deepEqual(told({ actor: "teammate", actor_id: GRACE.id, conversation_id: "c" }), [
    "Grace Hopper 0190-9ace",
    "conversation c",
  ]);
  assert.deepEqual(told({ actor: "teammate", actor_id: "t" }), ["teammate t"]);
});

test("a visitor who proved nothing is their session, and is told once", () => {
  assert.deepEqual(told({ actor: "contact", actor_id: "s", session_id: "s" }), ["session s"]);
  assert.deepEqual(told({ actor: "contact", actor_id: "i", session_id: "s" }), ["identity i", "session s"]);
});

test("what was acted on is told by what it is", () => {
  assert.deepEqual(told({ actor: "operator", about: "key", subject_id: "k" }), ["key k"]);
});

test("an event whose ids were erased has none", () => {
  assert.deepEqual(told({ actor: "contact" }), []);
});

test("of an id the end is shown, by which two of one moment differ", () => {
  assert.equal(shortId("0190a3d2-77af-7000-8000-00000012ab34"), "12ab34");
});

test("what vouches for an event is said, and so is that nothing does yet", () => {
  assert.equal(sealWords({ seal: 12, erased: false }), "Seal 12");
  assert.equal(sealWords({ seal: null, erased: false }), "Not sealed yet");
  assert.equal(sealWords({ seal: 12, erased: true }), "Seal 12 · Erased");
});
