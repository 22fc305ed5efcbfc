import assert from "node:assert/strict";
import { test } from "node:test";
import { nextStep } from "./standing";

const nobody = { nobody: true };
const token = { token: "fresh" };
const half = { error: "shape" };
const noNetwork = { error: "unreachable" };

const table = [
  ["the page names nobody, and a lead's session may live here", "unknown", nobody, null, "look for a lead"],
  ["the page names somebody", "unknown", token, null, "enter"],
  ["half an answer never makes a visitor", "unknown", half, null, "doubt"],
  ["no answer at all never makes a visitor", "unknown", noNetwork, null, "doubt"],
  ["the page repeats the token whose proof is over", "unknown", token, "fresh", "look for a lead"],
  ["a visitor stays one", "visitor", nobody, null, "stay"],
  ["a visitor signs in", "visitor", token, null, "enter"],
  ["a lead signs in", "lead", token, null, "enter"],
  ["a lead stays one", "lead", nobody, null, "stay"],
  ["a lead's page half-names somebody", "lead", half, null, "doubt"],
  ["a lead's page has no network", "lead", noNetwork, null, "stay"],
  ["Ada's page has a fresh token", "proved", token, "older", "renew"],
  ["Ada's page repeats her token", "proved", token, "fresh", "stay"],
  ["Ada's page names nobody", "proved", nobody, "older", "leave"],
  ["Ada's page has an error, and her proof goes on to its end", "proved", half, "older", "stay"],
  ["Ada proved her mailbox, on a page that names nobody", "mailed", nobody, null, "stay"],
  ["Ada proved her mailbox, and the page names somebody", "mailed", token, null, "enter"],
  ["Ada proved her mailbox, on a page that half-names somebody", "mailed", half, null, "stay"],
  [
    "Ada signed in at a provider, on a page that can't name people",
    "signed",
    { nobody: "ever" },
    null,
    "stay",
  ],
  ["Ada signed in at a provider, and the page names nobody", "signed", nobody, null, "leave"],
  ["Ada signed in at a provider, and the page names somebody", "signed", token, null, "renew"],
  ["Ada signed in at a provider, on a page that half-names somebody", "signed", half, null, "stay"],
  ["a refused token is repeated", "doubted", token, "fresh", "stay"],
  ["a refused token is replaced", "doubted", token, "older", "enter"],
  ["the doubted page names nobody", "doubted", nobody, null, "look for a lead"],
];

for (const [name, standing, who, lastToken, step] of table) {
  test(`${name}: ${step}`, () => assert.equal(nextStep(standing, who, lastToken), step));
}
