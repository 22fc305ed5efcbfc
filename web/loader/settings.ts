export interface Settings {
  workspace: string;
  getToken?: () => unknown;
  tokenUrl?: string;
  accent?: string;
}

/** Once and clearly; the page itself goes on. */
export function complain(name: string, value: unknown): undefined {
  console.error(`privity can't use "${name}":`, value);
}

const kinds = { workspace: "string", getToken: "function", tokenUrl: "string", accent: "string" };

/** What a page said, if all of it can be used; else one complaint, and nothing changes. */
export function settingsFrom(said: Partial<Settings>): Settings | undefined {
  const settings = { workspace: "", ...said };
  for (const name in kinds) {
    const known = name as keyof Settings;
    const value = settings[known];
    if (known in settings && !(value && typeof value === kinds[known])) return complain(known, value);
  }
  return settings;
}
