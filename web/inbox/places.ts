export const VIEWS = ["mine", "unassigned", "all", "closed", "blocked"] as const;
export type View = (typeof VIEWS)[number];

export const SETTINGS = ["keys", "sign-ins", "chat", "legacy", "token", "health"] as const;
export type Setting = (typeof SETTINGS)[number];

/** Where a teammate is: a view, and the conversation that is open beside it. */
export interface Place {
  view: View;
  conversation: string | null;
}

const START: Place = { view: "all", conversation: null };

/** The place that an address names; whatever names none leads to the start. */
export function placeAt(path: string): Place {
  const [, root, view, conversation] = path.split("/");
  const known = VIEWS.find((name) => name === view);
  return root !== "inbox" || known === undefined
    ? START
    : { view: known, conversation: conversation || null };
}

/** The setting that an address names; null wherever conversations are. */
export function settingAt(path: string): Setting | null {
  const [, root, settings, setting] = path.split("/");
  if (root !== "inbox" || settings !== "settings") return null;
  return SETTINGS.find((name) => name === setting) ?? SETTINGS[0];
}

/** The one place of an auditor, who reads no conversation. */
export const AUDIT = "/inbox/audit";

/** The same place as an address leads to, without whatever else stood in it. */
export function plainAddress(path: string): string {
  const setting = settingAt(path);
  const { view, conversation } = placeAt(path);
  return setting === null ? pathTo(view, conversation) : pathToSetting(setting);
}

export const pathToSetting = (setting: Setting): string => `/inbox/settings/${setting}`;

export const pathTo = (view: View, conversation: string | null = null): string =>
  conversation === null ? `/inbox/${view}` : `/inbox/${view}/${conversation}`;
