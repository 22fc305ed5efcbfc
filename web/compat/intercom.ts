import { appear, boot, hide, identify, on, privity, show } from "./beside";

type Said = Record<string, unknown>;
type Intercom = ((name: string, ...said: never[]) => void) & { q?: Iterable<ArrayLike<unknown>> };

const page = window as unknown as { Intercom?: Intercom; intercomSettings?: Said };
let settings: Said = {};
let isBooted = false;

/** What was said before holds until a shutdown, as Intercom has it. */
function start(said?: Said) {
  if (!isBooted) boot();
  isBooted = true;
  settings = { ...settings, ...page.intercomSettings, ...said };
  if (settings.hide_default_launcher) appear(false);
  identify("intercom", settings.user_hash, settings);
}

const calls: Record<string, (...said: never[]) => void> = {
  boot: start,
  update: start,
  shutdown() {
    isBooted = false;
    settings = {};
    identify("intercom");
    privity("shutdown");
  },
  show,
  showMessages: show,
  showNewMessage: show,
  hide,
  onShow: (handler: () => void) => on("show", handler),
  onHide: (handler: () => void) => on("hide", handler),
  onUnreadCountChange: (handler: () => void) => on("unread", handler),
};

const waiting = page.Intercom?.q ?? [];
page.Intercom = (name, ...said) => calls[name]?.(...said);
on("hide", () => settings.hide_default_launcher && appear(false));
if (page.intercomSettings) start();
for (const [name, ...said] of Array.from(waiting, (call) => Array.from(call)))
  page.Intercom(name as string, ...(said as never[]));
