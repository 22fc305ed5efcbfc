import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused, unreachable } from "../../protocol/problem";
import { Offering } from "../offer";

// What the frame's own page would give.
Object.assign(globalThis, { document: { querySelector: () => ({ content: "{}" }) } });
const { undo } = await import("./offer_acts");

/** Two conversations that were kept; `answers` says what the server makes of giving one back. */
function kept(answers) {
  const asked = [];
  const api = {
    epoch: { isOver: false },
    adoptable: async () => ({ items: [{ conversation_id: "pricing" }] }),
    call: async (_method, path) => {
      asked.push(path);
      const refused = answers[path.split("/").at(-1)];
      if (refused) throw refused;
    },
  };
  const offering = new Offering(api, async () => asked.push("the list"));
  offering.kept.value = [{ id: "lamp" }, { id: "kettle" }];
  return { offering, asked };
}

test("what was written in since stays, and the other goes back and is asked about again", async () => {
  const { offering, asked } = kept({ lamp: new Refused(409, "written_since", "") });
  await undo(offering);
  assert.deepEqual(asked, ["/adoptions/lamp", "/adoptions/kettle", "the list"]);
  assert.equal(offering.trouble.value, "written since");
  assert.deepEqual(offering.kept.value, []);
  assert.equal(offering.offer.value.items.length, 1);
});

test("what has gone back is not asked for a second time, when the line broke before the other", async () => {
  const answers = { kettle: unreachable() };
  const { offering, asked } = kept(answers);
  await undo(offering);
  assert.equal(offering.trouble.value, "failed");
  assert.deepEqual(offering.kept.value, [{ id: "kettle" }]);

  delete answers.kettle;
  await undo(offering);
  assert.deepEqual(asked, ["/adoptions/lamp", "/adoptions/kettle", "/adoptions/kettle", "the list"]);
  assert.equal(offering.trouble.value, "none");
});
