import assert from "node:assert/strict";
import { test } from "node:test";
import { parseHostMessage } from "./host_message";

const who = (said) => parseHostMessage(["who", 1, said, "https://acme.example/"])?.[2];

test("a page says who is there, or nobody, or why it can't", () => {
  assert.deepEqual(who({ token: "abc" }), { token: "abc" });
  const legacy = { product: "intercom", hash: "0a", user_id: "u-7" };
  assert.deepEqual(who({ token: legacy }), { token: legacy });
  assert.deepEqual(who({ nobody: true }), { nobody: true });
  assert.deepEqual(who({ nobody: "ever" }), { nobody: "ever" });
  assert.deepEqual(who({ error: "timeout" }), { error: "timeout" });
});

test("a half-filled answer is an error, never a visitor", () => {
  for (const said of [
    undefined,
    null,
    {},
    "",
    { token: "" },
    { token: null },
    { nobody: 1 },
    { token: ["a"] },
    { token: { user_id: "u-7" } },
    { token: { hash: "" } },
  ]) {
    assert.deepEqual(who(said), { error: "shape" }, JSON.stringify(said));
  }
});

test("what the panel doesn't know is dropped", () => {
  for (const said of [
    null,
    "shown",
    ["shown"],
    ["shown", "yes"],
    ["who", "1"],
    ["token", "abc"],
    { 0: "changed" },
  ]) {
    assert.equal(parseHostMessage(said), null, JSON.stringify(said));
  }
});
