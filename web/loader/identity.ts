import type { Who } from "../protocol/port";
import type { Settings } from "./settings";

/** Asks the page who is there; one that chose no way to be asked says nobody, always. */
export const whoIsThere = (settings: Settings) =>
  asked(settings).catch((): Who => ({ error: "unreachable" }));

/** `null` is a page's one word for nobody; its server's is 204. */
async function asked({ getToken, tokenUrl }: Settings): Promise<Who> {
  const said = getToken ? await getToken() : tokenUrl ? await fetched(tokenUrl) : null;
  if (said === null) return { nobody: true };
  const token = (said as { token?: unknown } | undefined)?.token ?? said;
  return token && typeof token === "string" ? { token } : { error: "shape" };
}

async function fetched(url: string): Promise<unknown> {
  const response = await fetch(url, { method: "POST", mode: "same-origin" });
  if (response.status === 204) return null;
  return response.status === 200 && (await response.json());
}
