import assert from "node:assert/strict";
import { test } from "node:test";
import { pathTo, pathToSetting, placeAt, plainAddress, SETTINGS, settingAt } from "./places";

test("an address names a view and the conversation that is open beside it", () => {
  assert.deepEqual(placeAt(pathTo("mine", "c1")), { view: "mine", conversation: "c1" });
  assert.deepEqual(placeAt(pathTo("closed")), { view: "closed", conversation: null });
});

test("an address that names no view leads to all open conversations", () => {
  for (const path of ["/inbox", "/inbox/", "/inbox/sign-in", "/inbox/constructor", "/setup/mine"])
    assert.deepEqual(placeAt(path), { view: "all", conversation: null });
});

test("an address names a setting, and no view or conversation of that name is taken for one", () => {
  for (const setting of SETTINGS) assert.equal(settingAt(pathToSetting(setting)), setting);
  assert.equal(settingAt("/inbox/settings"), "keys");
  for (const path of ["/inbox/all/settings", "/inbox/keys", "/settings/keys", "/inbox"])
    assert.equal(settingAt(path), null);
});

test("who signs in comes back to where they were, whatever stood behind it", () => {
  assert.equal(plainAddress("/inbox/settings/token/eyJ"), "/inbox/settings/token");
  assert.equal(plainAddress("/inbox/mine/c1/more"), "/inbox/mine/c1");
  assert.equal(plainAddress("/inbox/sign-in"), "/inbox/all");
});
