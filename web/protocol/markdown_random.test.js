import assert from "node:assert/strict";
import { test } from "node:test";
import { Markdown } from "./markdown";
import { plain } from "./markdown_parse";

const SEEDS = 400;
const MOST_PIECES = 120;
const PIECES = [
  ..."*_`[]()<>\\!#>-+~|&;:\"'/.,0123 \t\n\r",
  ..."aéß中🙂\u0000\u200b\u202e\u2028\ufeff\ud800\udc00",
  ...["**", "__", "```", "***", "\n\n", "\n> ", "\n- ", "\n  ", "\n12. ", "\n```\n", "](", "[a](", "\\`"],
  ...[
    "https://",
    "http://a.example/",
    "mailto:a@b.example",
    "javascript:alert(1)",
    "JAVA\tscript:x",
    "data:text/html,",
  ],
  ...["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</p><svg/onload=alert(1)>", "&lt;b&gt;"],
  ...[
    "[a](javascript:alert(1))",
    "[a](https://b.example)",
    "[a](//evil.example)",
    "[x](vbscript:y)",
    '"onclick="',
  ],
];
const ELEMENTS = new Set(["p", "pre", "code", "blockquote", "ul", "ol", "li", "br", "strong", "em", "a"]);
const ATTRIBUTES = {
  p: ["dir"],
  li: ["dir"],
  ol: ["start"],
  a: ["href", "rel", "target"],
};

/** A row of numbers from 0 up to 1, the same for the same seed (mulberry32). */
function chances(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Hostile pieces in a row, now and then many times the same one. */
function hostile(seed) {
  const chance = chances(seed);
  const upTo = (most) => Math.floor(chance() * most);
  const piece = () => PIECES[upTo(PIECES.length)].repeat(chance() < 0.05 ? 1 + upTo(60) : 1);
  return Array.from({ length: 1 + upTo(MOST_PIECES) }, piece).join("");
}

/** Every element and text that is drawn for these words. */
function drawn(source) {
  const found = [];
  const walk = (node) => {
    if (Array.isArray(node)) node.forEach(walk);
    else if (node !== null && node !== undefined) {
      found.push(node);
      if (typeof node === "object") walk(node.props.children);
    }
  };
  walk(Markdown({ source }));
  return found;
}

const sources = Array.from({ length: SEEDS }, (_, seed) => [seed, hostile(seed)]);

test("hostile words become the few elements of a chat, and nothing that a browser would run", () => {
  const elements = new Set();
  for (const [seed, source] of sources) {
    for (const node of drawn(source)) {
      if (typeof node === "string") continue;
      elements.add(node.type);
      assert.ok(ELEMENTS.has(node.type), `seed ${seed}: ${node.type}`);
      const { children, ...attributes } = node.props;
      assert.deepEqual(Object.keys(attributes).sort(), ATTRIBUTES[node.type] ?? [], `seed ${seed}`);
      if (node.type === "a") assert.match(attributes.href, /^(https?|mailto):/, `seed ${seed}`);
    }
  }
  assert.deepEqual(elements, ELEMENTS, "every element has to be met for this to mean anything");
});

test("hostile words make few nodes for their length, and a preview of them is one line", () => {
  for (const [seed, source] of sources) {
    assert.ok(drawn(source).length <= 4 + 2 * source.length, `seed ${seed}`);
    assert.doesNotMatch(plain(source), /[\n\r]/, `seed ${seed}`);
  }
});
