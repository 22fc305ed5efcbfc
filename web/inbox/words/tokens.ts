/** The header and the claims of a token, laid out to be read; null where there are none to read. */
export function partsOf(token: string): { header: string; claims: string } | null {
  const parts = token.split(".");
  const [header, claims] = parts.map(laidOut);
  return parts.length === 3 && header && claims ? { header, claims } : null;
}

function laidOut(part: string): string | null {
  try {
    return JSON.stringify(JSON.parse(textOf(part)), null, 2);
  } catch {
    return null;
  }
}

/** Base64url as tokens write it, in UTF-8. */
function textOf(part: string): string {
  const bytes = atob(part.replaceAll("-", "+").replaceAll("_", "/"));
  const decoder = new TextDecoder("utf-8", { fatal: true });
  return decoder.decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0)));
}
