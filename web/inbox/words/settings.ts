import type { Setting } from "../places";

export const SETTING_NAMES: Record<Setting, string> = {
  keys: "Signing keys",
  legacy: "Moving in",
  token: "Token debugger",
  health: "Identity health",
};
