import assert from "node:assert/strict";
import { test } from "node:test";
import { isAbout } from "./languages.ts";

test("a line of the code is marked when it is about what was wrong with the token", () => {
  assert.ok(isAbout("    exp: issued + 600,", "expired"));
  assert.ok(isAbout('        "aud": os.environ["PRIVITY_WORKSPACE"],', "audience"));
  assert.ok(!isAbout("    expires = 1", "expired"));
  assert.ok(!isAbout("    exp: issued + 600,", "audience"));
});

test("nothing is marked for a reason that no line is about, or for none", () => {
  assert.ok(!isAbout("    exp: issued + 600,", "shape"));
  assert.ok(!isAbout("    exp: issued + 600,", null));
});
