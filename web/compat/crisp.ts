import { appear, boot, hide, identify, on, privity, show } from "./beside";

type Said = unknown[];
type Handler = (detail?: never) => void;

const page = window as unknown as {
  $crisp?: Said[] | Record<string, unknown>;
  CRISP_READY_TRIGGER?: () => void;
};
const waiting = Array.isArray(page.$crisp) ? page.$crisp : [];
let email: unknown;
let signature: unknown;
let name: unknown;
let isOpen = false;

const tellWho = () => identify("crisp", signature, { email, name });

const does: Record<string, () => void> = {
  "chat:open": show,
  "chat:close": hide,
  "chat:toggle": () => privity("toggle"),
  "chat:show": () => appear(true),
  "chat:hide": () => appear(false),
  "session:reset"() {
    email = signature = name = undefined;
    tellWho();
  },
};

const sets: Record<string, (said: Said) => void> = {
  "user:email"(said) {
    [email, signature] = said;
    tellWho();
  },
  "user:nickname"(said) {
    [name] = said;
    tellWho();
  },
};

const events: Record<string, string> = {
  "session:loaded": "ready",
  "chat:opened": "show",
  "chat:closed": "hide",
};

/** What Crisp takes and we don't, such as a colour or an event's data, is passed over. */
function push([verb, what, said]: Said) {
  const key = String(what);
  if (verb === "do") does[key]?.();
  else if (verb === "set") sets[key]?.(Array.isArray(said) ? said : [said]);
  else if (verb === "on" && events[key]) on(events[key], said as Handler);
}

on("show", () => {
  isOpen = true;
});
on("hide", () => {
  isOpen = false;
});
page.$crisp = {
  push,
  is: (what: string) => what === "chat:opened" && isOpen,
  get: (what: string) => (what === "user:email" ? (email ?? null) : null),
};
boot();
for (const call of waiting) push(call);
on("ready", () => page.CRISP_READY_TRIGGER?.());
