import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { test } from "node:test";
import { partsOf } from "./tokens";

const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

test("a token's header and claims are laid out to be read, in every script", () => {
  const parts = partsOf(`${part({ alg: "HS256", kid: "key-1" })}.${part({ sub: "Ада 🙂?>" })}.c2ln`);
  assert.deepEqual(JSON.parse(parts.header), { alg: "HS256", kid: "key-1" });
  assert.deepEqual(JSON.parse(parts.claims), { sub: "Ада 🙂?>" });
  assert.match(parts.claims, /\n {2}"sub"/);
});

test("what is no token has nothing to be read", () => {
  const header = part({ alg: "HS256" });
  for (const words of [
    "",
    "hello",
    `${header}.e30`,
    `${header}.***.c2ln`,
    `${header}._w.c2ln`,
    "..",
    `${header}.e30.c2ln.more`,
  ])
    assert.equal(partsOf(words), null, words);
});
