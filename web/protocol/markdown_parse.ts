/**
 * Reads the markdown that people write in a chat into a small tree: paragraphs, fences, lists, quotes, bold,
 * italic, code and links. Whatever it doesn't know stays text. Every step looks at a character a bounded number of
 * times, so that a hostile message costs no more than a long one.
 */

export type Inline =
  | string
  | { kind: "break" }
  | { kind: "code"; text: string }
  | { kind: "strong" | "em"; children: Inline[] }
  | { kind: "link"; href: string; children: Inline[] };

export type Block =
  | { kind: "paragraph"; children: Inline[] }
  | { kind: "fence"; text: string }
  | { kind: "quote"; children: Block[] }
  | { kind: "list"; start: number | null; items: Block[][] };

const DEEPEST = 4;
const FENCE = /^ {0,3}```/;
const QUOTE = /^ {0,3}> ?/;
const ITEM = /^ {0,3}(?:[-*+]|(\d{1,9})[.)])[ \t]+(?=\S)/;
const INDENTED = /^(?: {2,}|\t)/;

export function parse(source: string): Block[] {
  return blocks(source.replace(/\r\n?/g, "\n").split("\n"), 0);
}

/** The words alone, on one line, as a preview shows them. */
export function plain(source: string): string {
  return parse(source).map(blockText).join(" ").replace(/\s+/g, " ").trim();
}

/** The address, if it is one that may be followed. */
export function safeHref(address: string): string | null {
  try {
    const url = new URL(address);
    return ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

function blocks(lines: string[], depth: number): Block[] {
  const found: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const { block, next } = blockAt(lines, at, depth);
    if (block !== null) found.push(block);
    at = next;
  }
  return found;
}

type Step = { block: Block | null; next: number };

function blockAt(lines: string[], at: number, depth: number): Step {
  const line = lines[at] ?? "";
  if (line.trim() === "") return { block: null, next: at + 1 };
  if (FENCE.test(line)) return fence(lines, at);
  if (depth < DEEPEST && QUOTE.test(line)) return quote(lines, at, depth);
  if (depth < DEEPEST && ITEM.test(line)) return list(lines, at, depth);
  return paragraph(lines, at, depth);
}

function fence(lines: string[], at: number): Step {
  const end = runEnd(lines, at + 1, (line) => !FENCE.test(line));
  return { block: { kind: "fence", text: lines.slice(at + 1, end).join("\n") }, next: end + 1 };
}

function quote(lines: string[], at: number, depth: number): Step {
  const end = runEnd(lines, at, (line) => QUOTE.test(line));
  const inside = lines.slice(at, end).map((line) => line.replace(QUOTE, ""));
  return { block: { kind: "quote", children: blocks(inside, depth + 1) }, next: end };
}

function list(lines: string[], at: number, depth: number): Step {
  const start = ITEM.exec(lines[at] ?? "")?.[1];
  const items: Block[][] = [];
  let next = at;
  while (next < lines.length && continues(lines[next] ?? "", start !== undefined)) {
    const end = runEnd(lines, next + 1, (line) => INDENTED.test(line));
    const [first = "", ...rest] = lines.slice(next, end);
    const inside = [first.replace(ITEM, ""), ...rest.map((line) => line.replace(INDENTED, ""))];
    items.push(blocks(inside, depth + 1));
    next = end;
  }
  return { block: { kind: "list", start: start === undefined ? null : Number(start), items }, next };
}

function continues(line: string, numbered: boolean): boolean {
  const item = ITEM.exec(line);
  return item !== null && (item[1] !== undefined) === numbered;
}

function paragraph(lines: string[], at: number, depth: number): Step {
  const end = runEnd(lines, at + 1, (line) => line.trim() !== "" && !beginsBlock(line, depth));
  return { block: { kind: "paragraph", children: inlines(lines.slice(at, end).join("\n")) }, next: end };
}

const beginsBlock = (line: string, depth: number) =>
  FENCE.test(line) || (depth < DEEPEST && (QUOTE.test(line) || ITEM.test(line)));

function runEnd(lines: string[], from: number, belongs: (line: string) => boolean): number {
  let end = from;
  while (end < lines.length && belongs(lines[end] ?? "")) end += 1;
  return end;
}

const SPECIAL = /\\[!-/:-@[-`{-~]|`+|\*|_|\[|\n|https?:\/\//g;
const LINK = /\[([^[\]\n]{1,500})\]\(([^\s()<>]{1,2000})\)/y;
const ADDRESS = /https?:\/\/[^\s<>"'`*[\]]+/y;
const WORD = /[\p{L}\p{N}]/u;

type Frame = { marker: string; children: Inline[] };

/**
 * One walk over the text. Frames are the emphasis that stands open; a marker that is open already can't open
 * again, so there are four at most.
 */
function inlines(text: string): Inline[] {
  const walk = new Walk(text);
  while (walk.step());
  return walk.done();
}

class Walk {
  #at = 0;
  readonly #text: string;
  readonly #open: Frame[] = [{ marker: "", children: [] }];
  readonly #unclosed = new Set<string>();

  constructor(text: string) {
    this.#text = text;
  }

  step(): boolean {
    SPECIAL.lastIndex = this.#at;
    const special = SPECIAL.exec(this.#text);
    this.#add(this.#text.slice(this.#at, special?.index));
    if (special === null) return false;
    this.#at = special.index;
    this.#take(special[0]);
    return true;
  }

  done(): Inline[] {
    while (this.#open.length > 1) this.#flatten();
    return this.#top.children;
  }

  #take(mark: string): void {
    if (mark === "\n") this.#node({ kind: "break" }, 1);
    else if (mark.startsWith("\\")) this.#literal(mark.slice(1), 2);
    else if (mark.startsWith("`")) this.#code(mark);
    else if (mark === "[") this.#link();
    else if (mark.startsWith("http")) this.#address(mark);
    else this.#emphasis(mark);
  }

  #code(ticks: string): void {
    const from = this.#at + ticks.length;
    const end = this.#unclosed.has(ticks) ? -1 : closing(this.#text, ticks, from);
    if (end < 0) {
      this.#unclosed.add(ticks);
      this.#literal(ticks, ticks.length);
    } else {
      const text = this.#text.slice(from, end).replaceAll("\n", " ");
      this.#node({ kind: "code", text }, end + ticks.length - this.#at);
    }
  }

  #link(): void {
    LINK.lastIndex = this.#at;
    const [whole, label = "", address] = LINK.exec(this.#text) ?? [];
    const href = address === undefined ? null : safeHref(address);
    if (whole === undefined || href === null) this.#literal("[", 1);
    else this.#node({ kind: "link", href, children: [unescaped(label)] }, whole.length);
  }

  #address(mark: string): void {
    ADDRESS.lastIndex = this.#at;
    const inWord = WORD.test(this.#text[this.#at - 1] ?? "");
    const shown = withoutTail(inWord ? "" : (ADDRESS.exec(this.#text)?.[0] ?? ""));
    const href = safeHref(shown);
    if (href === null) this.#literal(mark, mark.length);
    else this.#node({ kind: "link", href, children: [shown] }, shown.length);
  }

  #emphasis(mark: string): void {
    const marker = this.#marker(mark);
    const before = this.#text[this.#at - 1] ?? " ";
    const after = this.#text[this.#at + marker.length] ?? " ";
    const open = this.#isOpen(marker);
    this.#at += marker.length;
    if (mark === "_" && WORD.test(before) && WORD.test(after)) this.#add(marker);
    else if (open && before.trim() !== "") this.#close(marker);
    else if (!open && after.trim() !== "") this.#open.push({ marker, children: [] });
    else this.#add(marker);
  }

  /** What stands open innermost is closed first: `***both***`. */
  #marker(mark: string): string {
    const innermost = this.#top.marker;
    if (innermost.startsWith(mark) && this.#text.startsWith(innermost, this.#at)) return innermost;
    return this.#text.startsWith(mark + mark, this.#at) ? mark + mark : mark;
  }

  #isOpen(marker: string): boolean {
    return this.#open.some((frame) => frame.marker === marker);
  }

  #close(marker: string): void {
    while (this.#top.marker !== marker) this.#flatten();
    const { children } = this.#pop();
    this.#top.children.push({ kind: marker.length === 2 ? "strong" : "em", children });
  }

  /** A marker that nothing closed was only a character. */
  #flatten(): void {
    const { marker, children } = this.#pop();
    this.#add(marker);
    for (const child of children) this.#add(child);
  }

  #literal(text: string, length: number): void {
    this.#add(text);
    this.#at += length;
  }

  #node(node: Inline, length: number): void {
    this.#add(node);
    this.#at += length;
  }

  #add(node: Inline): void {
    const { children } = this.#top;
    const last = children.at(-1);
    if (typeof node !== "string") children.push(node);
    else if (typeof last === "string") children[children.length - 1] = last + node;
    else if (node !== "") children.push(node);
  }

  #pop(): Frame {
    return this.#open.pop() as Frame;
  }

  get #top(): Frame {
    return this.#open.at(-1) as Frame;
  }
}

/** Where a run of exactly these backticks stands next. */
function closing(text: string, ticks: string, from: number): number {
  const run = /`+/g;
  run.lastIndex = from;
  for (let match = run.exec(text); match !== null; match = run.exec(text)) {
    if (match[0] === ticks) return match.index;
  }
  return -1;
}

/** A bare address ends before the punctuation of its sentence. */
function withoutTail(address: string): string {
  let end = address.length;
  while (end > 0 && ".,;:!?)_".includes(address[end - 1] ?? "")) end -= 1;
  return address.slice(0, end);
}

const unescaped = (label: string) => label.replace(/\\([!-/:-@[-`{-~])/g, "$1");

function blockText(block: Block): string {
  if (block.kind === "fence") return block.text;
  if (block.kind === "paragraph") return block.children.map(inlineText).join("");
  if (block.kind === "quote") return block.children.map(blockText).join(" ");
  return block.items.flat().map(blockText).join(" ");
}

function inlineText(node: Inline): string {
  if (typeof node === "string") return node;
  if (node.kind === "break") return " ";
  return node.kind === "code" ? node.text : node.children.map(inlineText).join("");
}
