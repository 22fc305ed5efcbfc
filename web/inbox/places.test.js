import assert from "node:assert/strict";
import { test } from "node:test";
import { pathTo, placeAt } from "./places";

test("an address names a view and the conversation that is open beside it", () => {
  assert.deepEqual(placeAt(pathTo("mine", "c1")), { view: "mine", conversation: "c1" });
  assert.deepEqual(placeAt(pathTo("closed")), { view: "closed", conversation: null });
});

test("an address that names no view leads to all open conversations", () => {
  for (const path of ["/inbox", "/inbox/", "/inbox/sign-in", "/inbox/constructor", "/setup/mine"])
    assert.deepEqual(placeAt(path), { view: "all", conversation: null });
});
