import type { Problem } from "./wire";

/** A request that the server refused, or that never reached it (`status` 0, `code` "unreachable"). */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly retryAfter: number | null = null,
    readonly refusal: string | null = null,
  ) {
    super(`${status} ${code}`);
  }
}

export const unreachable = () => new Refused(0, "unreachable", "No connection.");

/** Reads RFC 9457 problem+json; an answer that is something else keeps its status. */
export async function refusal(response: Response): Promise<Refused> {
  const said: Partial<Problem> = await response.json().catch(() => ({}));
  const code = typeof said.code === "string" ? said.code : "unknown";
  const detail = typeof said.detail === "string" ? said.detail : response.statusText;
  const retryAfter = seconds(response.headers.get("Retry-After"));
  return new Refused(response.status, code, detail, retryAfter, said.refusal ?? null);
}

function seconds(header: string | null): number | null {
  const value = Number(header);
  return header !== null && Number.isFinite(value) ? value : null;
}
