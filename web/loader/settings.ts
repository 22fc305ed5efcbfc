export interface Settings {
  workspace: string;
  getToken?: () => unknown;
  tokenUrl?: string;
  accent?: string;
}

export function complain(sentence: string): undefined {
  console.error(`privity: ${sentence}`);
}

const kinds = { workspace: "string", getToken: "function", tokenUrl: "string", accent: "string" };

/** What a page said, if all of it can be used; else one complaint, and nothing changes. */
export function settingsFrom(said: Partial<Settings>): Settings | undefined {
  const settings = { workspace: "", ...said };
  for (const name in kinds) {
    const known = name as keyof Settings;
    const value = settings[known];
    if (known in settings && !(value && typeof value === kinds[known]))
      return complain(`"${name}" can't be used.`);
  }
  return settings;
}
