/**
 * What all of them share. Each stands in for the other product's script, at an address of ours that names the workspace.
 * It fetches the loader from beside it, hands over the calls, and answers "who is there?" with the old hash that the page
 * gives.
 */

type Fields = Record<string, unknown>;
type Call = (name: string, ...said: unknown[]) => void;
type Product = "customerly" | "intercom" | "chatwoot" | "crisp";

const script = document.currentScript as HTMLScriptElement;
const page = window as unknown as { privity?: Call };
const waiting: unknown[][] = [];
let proof: Fields | null = null;
let isVisible = true;

page.privity ??= Object.assign((...call: unknown[]) => waiting.push(call), { q: waiting });

/** A call of ours; until the loader is here, it waits. */
export const privity: Call = (...call) => page.privity?.(...call);

/** The chat on the page, with whoever `identify` names. */
export const boot = () =>
  privity("boot", { workspace: new URL(script.src).searchParams.get("workspace"), getToken: () => proof });

/**
 * Whom the page names, where it gives the hash that proves it. A name or an address without one is nobody: anybody can
 * type it.
 */
export function identify(product: Product, hash?: unknown, { user_id, email, name }: Fields = {}) {
  const said = Object.entries({ product, hash, user_id, email, name }).filter(([, value]) => value != null);
  proof = hash ? Object.fromEntries(said.map(([field, value]) => [field, `${value}`])) : null;
  privity("update", {});
}

export const on = (event: string, handler: (detail?: never) => void) => privity("on", event, handler);
export const hide = () => privity("hide");
export function show() {
  appear(true);
  privity("show");
}

/** The chat with its button stands on the page, or is out of sight. */
export function appear(to: boolean) {
  isVisible = to;
  arrange();
}

/** Not by `hidden`: that is the loader's own, for a chat that ends. One that still does may stand beside the next. */
function arrange() {
  for (const host of document.querySelectorAll<HTMLElement>("privity-chat"))
    host.style.display = isVisible ? "" : "none";
}

on("ready", arrange);
const loader = document.createElement("script");
loader.src = new URL("../loader.js", script.src).href;
document.head.append(loader);
