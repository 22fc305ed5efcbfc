import { type Block, type Inline, parse } from "./markdown_parse";

/** Somebody's words as nodes. Never as HTML text: what is not one of these few elements stays characters. */
export function Markdown({ source }: { source: string }) {
  return parse(source).map(block);
}

function block(node: Block) {
  switch (node.kind) {
    case "paragraph":
      return <p dir="auto">{node.children.map(inline)}</p>;
    case "fence":
      return (
        <pre>
          <code>{node.text}</code>
        </pre>
      );
    case "quote":
      return <blockquote>{node.children.map(block)}</blockquote>;
    case "list":
      return list(node.start, node.items);
  }
}

function list(start: number | null, items: Block[][]) {
  const lines = items.map((item) => <li dir="auto">{item.map(block)}</li>);
  return start === null ? <ul>{lines}</ul> : <ol start={start}>{lines}</ol>;
}

function inline(node: Inline) {
  if (typeof node === "string") return node;
  switch (node.kind) {
    case "break":
      return <br />;
    case "code":
      return <code>{node.text}</code>;
    case "strong":
      return <strong>{node.children.map(inline)}</strong>;
    case "em":
      return <em>{node.children.map(inline)}</em>;
    case "link":
      return (
        <a href={node.href} target="_blank" rel="noopener noreferrer nofollow">
          {node.children.map(inline)}
        </a>
      );
  }
}
