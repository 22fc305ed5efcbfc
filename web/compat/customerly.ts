import { appear, boot, hide, identify, on, show } from "./beside";

type Said = Record<string, unknown>;
type Callback = "onMessengerInitialized" | "onChatOpened" | "onChatClosed";
type Customerly = Record<string, unknown> & {
  settings?: Said;
  queue?: [name: string, ...said: never[]][];
} & { [name in Callback]?: () => void };

const page = window as unknown as { customerly?: Customerly; customerlySettings?: Said };
const customerly: Customerly = page.customerly ?? {};
const waiting = customerly.queue ?? [];
let settings: Said = {};

function update(said?: Said) {
  settings = { ...settings, ...said };
  identify("customerly", settings.email_hash, settings);
}

/** Signed out, the chat goes on for whoever is there. */
function logout() {
  settings = {};
  identify("customerly");
}

function load(said?: Said) {
  boot();
  update(said);
}

const none = () => {};
const calls: Record<string, (...said: never[]) => void> = {
  load,
  update,
  logout,
  open: show,
  close: hide,
  show: () => appear(true),
  hide() {
    hide();
    appear(false);
  },
  event: none,
  attribute: none,
  registerLead: none,
  showNewMessage: show,
};

const tell = (event: string, callback: Callback) => on(event, () => customerly[callback]?.());
tell("ready", "onMessengerInitialized");
tell("show", "onChatOpened");
tell("hide", "onChatClosed");
page.customerly = Object.assign(customerly, calls);
load(customerly.settings ?? page.customerlySettings);
for (const [name, ...said] of waiting) calls[name]?.(...said);
