import assert from "node:assert/strict";
import { test } from "node:test";
import { Drafts } from "./drafts";

test("Grace finds each conversation's words where she left them, the note's apart from the answer's", () => {
  const drafts = new Drafts();
  drafts.write("ada", "public", "Dear Ada");
  drafts.write("ada", "note", "careful");
  drafts.write("bob", "public", "Dear Bob");
  assert.deepEqual(drafts.of("ada").value, { mode: "note", public: "Dear Ada", note: "careful" });
  assert.equal(drafts.of("bob").value.public, "Dear Bob");
});

test("words that are put in come after those that are there", () => {
  const drafts = new Drafts();
  drafts.append("ada", "public", "Please sign in.");
  assert.equal(drafts.of("ada").value.public, "Please sign in.");
  drafts.append("ada", "public", "Thank you.");
  assert.equal(drafts.of("ada").value.public, "Please sign in.\n\nThank you.");
});
