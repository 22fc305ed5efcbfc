import { appear, boot, hide, identify, on, privity, show } from "./beside";

type Said = Record<string, unknown>;

const page = window as unknown as Record<"$chatwoot" | "chatwootSDK" | "chatwootSettings", unknown>;
const settings = (page.chatwootSettings ?? {}) as Said;
const none = () => {};

const chatwoot: Said = {
  hasLoaded: true,
  setUser: (user_id: unknown, { email, name, identifier_hash }: Said = {}) =>
    identify("chatwoot", identifier_hash, { user_id, email, name }),
  reset: () => identify("chatwoot"),
  toggle(to?: "open" | "close") {
    appear(true);
    privity(to === "open" ? "show" : to === "close" ? "hide" : "toggle");
  },
  toggleBubbleVisibility(to: "show" | "hide") {
    if (to === "hide") hide();
    appear(to === "show");
  },
  popoutChatWindow: show,
};
for (const name of ["setCustomAttributes", "deleteCustomAttribute", "setConversationCustomAttributes"])
  chatwoot[name] = none;
for (const name of [
  "deleteConversationCustomAttribute",
  "setLabel",
  "removeLabel",
  "setLocale",
  "setColorScheme",
])
  chatwoot[name] = none;

const tell = (name: string) => dispatchEvent(new CustomEvent(`chatwoot:${name}`));
on("ready", () => tell("ready"));
on("show", () => tell("opened"));
on("hide", () => tell("closed"));

page.chatwootSDK = {
  run() {
    page.$chatwoot = chatwoot;
    if (settings.hideMessageBubble) appear(false);
    boot();
  },
};
