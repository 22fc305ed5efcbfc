import type { ToLoader, ToPanel } from "../protocol/port";
import { whoIsThere } from "./identity";
import { makeLauncher } from "./launcher";
import { type Settings, settingsFrom } from "./settings";

export type Chat = ReturnType<typeof makeChat>;
type Emit = (event: string, detail?: unknown) => void;

/** One chat on this page, from `boot` to `shutdown`; `vacant` is when the one before has ended. */
export function makeChat(origin: string, settings: Settings, vacant: Promise<void>, emit: Emit) {
  let port: MessagePort | undefined;
  let open = false;
  let gone = () => {};

  const post = (...message: ToPanel) => port?.postMessage(message);
  const tellShown = () => post("shown", open, settings.accent);

  const load = async () => {
    if (frame.onload) return;
    frame.onload = connect;
    await vacant;
    frame.src = `${origin}/widget/frame?workspace=${settings.workspace}&settings=${Object.keys(settings)}`;
  };
  /** The port is given to the chat's origin and to no other; nothing else on the page is listened to. */
  const connect = () => {
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = hear;
    frame.contentWindow?.postMessage("privity", origin, [channel.port2]);
    if (host.hidden) post("shutdown");
    else tellShown();
    // A frame that was focused before its page came would leave the keys to the page around it.
    if (open && document.activeElement === host) frame.contentWindow?.focus();
  };
  const hear = async ({ data: [name, said] }: MessageEvent<ToLoader>) => {
    if (name === "ask") post("who", said, await whoIsThere(settings), location.origin + location.pathname);
    else if (name === "running") mark(said ? settings.workspace : "");
    else if (name === "gone") gone();
    else if (name === "hide") toggle(false);
    else {
      if (name === "unread") launcher.unread(said);
      emit(name, said);
    }
  };
  const toggle = (to = !open) => {
    if (to === open) return;
    open = to;
    load();
    launcher.open(open);
    tellShown();
    emit(open ? "show" : "hide");
  };
  const update = (said?: Partial<Settings>) => {
    settings = settingsFrom({ ...settings, ...said }) ?? settings;
    launcher.accent(settings.accent);
    post("changed");
  };
  /**
   * Out of sight at once; over when the panel has ended its session. A panel that was not made here is made for it:
   * the browser's session may have begun in another tab.
   */
  const shutdown = async () => {
    mark("");
    host.hidden = true;
    load();
    await new Promise<void>((resolve) => {
      gone = resolve;
      setTimeout(resolve, 5_000);
      post("shutdown");
    });
    host.remove();
  };

  const launcher = makeLauncher(load, () => toggle());
  const { host, frame } = launcher;
  update();
  addEventListener("focus", () => post("changed"));
  if (mark() === settings.workspace) load();
  return { workspace: settings.workspace, toggle, update, shutdown };
}

/** A page on which a chat runs makes its panel at once, so that badge and chat live on. The mark is no secret. */
function mark(workspace?: string) {
  try {
    if (workspace !== undefined) sessionStorage.privity = workspace;
    return sessionStorage.privity;
  } catch {}
}
