import styles from "./launcher.css";

/** The disc on the customer's page and the panel's frame, in a shadow root. */
export function makeLauncher(near: () => void, press: () => void) {
  const host = document.createElement("privity-chat");
  const button = document.createElement("button");
  const frame = document.createElement("iframe");
  const shadow = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();

  sheet.replaceSync(styles);
  shadow.adoptedStyleSheets = [sheet];
  button.onpointerenter = button.onfocus = near;
  button.onclick = press;
  frame.title = "Chat";
  shadow.append(button, frame);
  // Beside the body, not in it: pages that swap their body keep the chat.
  document.documentElement.append(host);

  const accent = (colour?: string) => {
    host.style.color = colour ?? "#2f4b8f";
  };
  const open = (open: boolean) => {
    if (shadow.activeElement) button.focus();
    frame.hidden = !open;
    button.ariaExpanded = `${open}`;
    if (open) frame.focus();
  };
  const unread = (count: number) => {
    button.dataset.unread = `${count}`;
    button.ariaLabel = count ? `Chat, ${count} unread` : "Chat";
  };
  open(false);
  unread(0);
  return { host, frame, accent, open, unread };
}
