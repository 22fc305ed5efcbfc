import assert from "node:assert/strict";
import { test } from "node:test";
import { isUnproved, titleIn, titleOf } from "./people";

const nobody = {
  id: "0190-77af",
  kind: "lead",
  proved_name: null,
  claimed_name: null,
  claimed_email: null,
};

test("Ada, who proved who she is, is titled by her name", () => {
  const ada = { ...nobody, kind: "user", proved_name: "Ada Lovelace" };
  assert.deepEqual(titleOf(ada), { words: "Ada Lovelace", proved: true, claim: false });
});

test("Mallory, who typed Ada's address, is titled by a claim in quotes and never as proved", () => {
  const mallory = { ...nobody, claimed_email: "ada@example.com", claimed_name: "Ada Lovelace" };
  assert.deepEqual(titleOf(mallory), { words: "“ada@example.com”", proved: false, claim: true });
});

test("somebody who said nothing is a visitor with a number", () => {
  assert.deepEqual(titleOf(nobody), { words: "Visitor 77AF", proved: false, claim: false });
});

test("a proved user without a name is titled by what the proof says, not by what was typed", () => {
  const user = { ...nobody, kind: "user", claimed_email: "somebody@else.example" };
  const owner = {
    id: "i",
    provider: "site",
    subject: "u-42",
    name: null,
    email: null,
    email_verified: false,
  };
  assert.equal(titleIn({ contact: user, owner }).words, "u-42");
  assert.equal(titleOf(user).words, "User 77AF");
});

test("a user whom an old hash proves is titled by the id in it, colons and all", () => {
  const user = { ...nobody, kind: "user", claimed_name: "Director" };
  const owner = { provider: "legacy", subject: "intercom:user_id:acme:7", name: null, email: null };
  assert.equal(titleIn({ contact: user, owner }).words, "acme:7");
});

test("what was typed is as unproved as what was not said at all", () => {
  assert.deepEqual(["none", "claimed", "legacy", "mailbox", "signed"].map(isUnproved), [
    true,
    true,
    false,
    false,
    false,
  ]);
});
