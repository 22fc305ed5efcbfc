import type { Setting } from "../places";

export const SETTING_NAMES: Record<Setting, string> = {
  keys: "Signing keys",
  "sign-ins": "Sign-in",
  chat: "Chat and history",
  legacy: "Moving in",
  token: "Token debugger",
  health: "Identity health",
};
