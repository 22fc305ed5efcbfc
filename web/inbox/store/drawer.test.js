import assert from "node:assert/strict";
import { test } from "node:test";
import { Drawer } from "./drawer";

const unsent = { drafts: "hers", pending: "hers" };

test("Grace finds her words when she comes back, once", () => {
  const drawer = new Drawer();
  drawer.keep("grace", unsent);
  assert.equal(drawer.takeOut("grace"), unsent);
  assert.equal(drawer.takeOut("grace"), null);
});

test("whoever else sits down finds nothing of Grace's, and leaves nothing of it for her", () => {
  const drawer = new Drawer();
  drawer.keep("grace", unsent);
  assert.equal(drawer.takeOut("linus"), null);
  assert.equal(drawer.takeOut("grace"), null);
});

test("what Grace wrote is gone when she signs out of her own accord", () => {
  const drawer = new Drawer();
  drawer.keep("grace", unsent);
  drawer.empty();
  assert.equal(drawer.takeOut("grace"), null);
});
