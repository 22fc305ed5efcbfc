import assert from "node:assert/strict";
import { test } from "node:test";
import { parse, plain, safeHref } from "./markdown_parse";

// Twenty times what the server takes: a step that looked back over the whole text would need minutes for it.
const LONG = 200_000;
const MINUTES_IF_IT_WERE_SQUARED = 10_000;

const inlines = (source) => parse(source)[0].children;

test("the small marks of a chat are understood", () => {
  assert.deepEqual(inlines("a **b** _c_ `d`\ne"), [
    "a ",
    { kind: "strong", children: ["b"] },
    " ",
    { kind: "em", children: ["c"] },
    " ",
    { kind: "code", text: "d" },
    { kind: "break" },
    "e",
  ]);
  assert.deepEqual(inlines("***both***"), [
    { kind: "strong", children: [{ kind: "em", children: ["both"] }] },
  ]);
  assert.deepEqual(
    parse("> said\n\n- one\n- two\n\n3. three\n\n```js\n<b>\n```").map((block) => block.kind),
    ["quote", "list", "list", "fence"],
  );
});

test("what is not a mark stays as it was typed", () => {
  for (const text of [
    "2 * 3 * 4",
    "snake_case_name",
    "**open",
    "`open",
    "[a](b",
    "<img src=x onerror=alert(1)>",
  ]) {
    assert.deepEqual(inlines(text), [text]);
  }
  assert.deepEqual(inlines("\\*plain\\*"), ["*plain*"]);
});

test("only addresses that may be followed become links", () => {
  assert.equal(inlines("see https://acme.example/a_b, please")[1].href, "https://acme.example/a_b");
  assert.equal(inlines("[us](mailto:a@b.example)")[0].href, "mailto:a@b.example");
  for (const address of [
    "javascript:alert(1)",
    "data:text/html,x",
    "//evil.example",
    "JaVaScRiPt:1",
    "file:///etc",
  ]) {
    assert.equal(safeHref(address), null);
    assert.deepEqual(inlines(`[us](${address})`), [`[us](${address})`]);
  }
});

test("a preview is the words alone", () => {
  assert.equal(plain("**Hello**\n\n- [a](https://b.example) `c`"), "Hello a c");
});

test("a hostile message costs no more than a long one", () => {
  const marks = [
    "*",
    "_",
    "**a",
    "`",
    "``` ",
    "[",
    "[a](",
    "> ",
    ">",
    "- ",
    "  - a\n",
    "\\",
    "https://",
    "*a_",
  ];
  const runs = Array.from({ length: 500 }, (_, n) => "`".repeat(n + 1)).join(" ");
  for (const hostile of [...marks.map((mark) => mark.repeat(LONG / mark.length)), runs]) {
    const began = performance.now();
    parse(hostile);
    assert.ok(performance.now() - began < MINUTES_IF_IT_WERE_SQUARED, JSON.stringify(hostile.slice(0, 12)));
  }
});
