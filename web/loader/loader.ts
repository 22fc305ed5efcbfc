import { type Chat, makeChat } from "./chat";
import { complain, type Settings, settingsFrom } from "./settings";

type Handler = (detail?: unknown) => void;
type Call = (...said: never[]) => void;
type Queue = Call & { q?: Iterable<Parameters<typeof privity>>; loaded?: boolean };
declare global {
  interface Window {
    privity?: Queue;
  }
}

const script = document.currentScript as HTMLScriptElement;
let handlers: [event: string, handler: Handler][] = [];
let chat: Chat | undefined;
let vacant = Promise.resolve();
/** A shutdown that came before the workspace was known. */
let isOwed: boolean | undefined;

/** What the script element says of itself holds, unless the call says otherwise. */
function boot(said?: Partial<Settings>) {
  const settings = settingsFrom({ ...script.dataset, ...said });
  if (!settings) return;
  if (settings.workspace === chat?.workspace) return chat.update(settings);
  if (chat) shutdown();
  chat = makeChat(new URL(script.src).origin, settings, vacant, emit);
  if (isOwed) {
    shutdown();
    return boot(said);
  }
  setTimeout(emit, 0, "ready");
}

function shutdown() {
  isOwed = !chat;
  vacant = chat?.shutdown() ?? vacant;
  chat = undefined;
}

function emit(event: string, detail?: unknown) {
  for (const [name, handler] of handlers) if (name === event) setTimeout(() => handler(detail));
}

/** Whatever the page says anew, it is asked who is there. */
const update = (said?: Partial<Settings>) => chat?.update(said);

const calls: Record<string, Call> = {
  boot,
  shutdown,
  identify: update,
  update,
  toggle: () => chat?.toggle(),
  show: () => chat?.toggle(true),
  hide: () => chat?.toggle(false),
  on: (event: string, handler: Handler) => handlers.push([event, handler]),
  off: (event: string, handler: Handler) => {
    handlers = handlers.filter(([name, known]) => name !== event || known !== handler);
  },
};

privity.loaded = true;
function privity(name: string, ...said: never[]) {
  const call = calls[name];
  if (call) call(...said);
  else complain(name, said);
}

/** Calls made before this script was here wait in the queue of the page's stub. */
function begin() {
  const waiting = window.privity?.q ?? [];
  window.privity = privity;
  if (script.dataset.workspace !== undefined) boot();
  for (const call of waiting) privity(...call);
}

if (!window.privity?.loaded) begin();
