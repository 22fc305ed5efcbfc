const KEY = "privity:language";

/** The language of the site's developer, as it was chosen in this browser last. */
export function chosenLanguage(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function chooseLanguage(name: string): void {
  try {
    localStorage.setItem(KEY, name);
  } catch {}
}

const PLACES: Record<string, string> = {
  algorithm: "alg",
  audience: "aud",
  expired: "exp",
  key: "kid",
  lifetime: "exp",
  not_yet: "iat",
  reused: "jti",
  signature: "PRIVITY_SIGNING_SECRET",
  subject: "sub",
};

/** Whether this line of the code is about what was wrong with a token. */
export function isAbout(line: string, reason: string | null): boolean {
  const place = reason === null ? undefined : PLACES[reason];
  return place !== undefined && new RegExp(`\\b${place}\\b`).test(line);
}
