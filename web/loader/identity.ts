import type { Proof, Who } from "../protocol/port";
import type { Settings } from "./settings";

/** Asks the page who is there; one that chose no way to be asked names nobody, ever. */
export const whoIsThere = (settings: Settings) =>
  asked(settings).catch((): Who => ({ error: "unreachable" }));

/** `null` is a page's one word for nobody; its server's is 204. What a token may be is for the panel to say. */
async function asked({ getToken, tokenUrl }: Settings): Promise<Who> {
  const said = getToken ? await getToken() : tokenUrl ? await fetched(tokenUrl) : null;
  return said === null
    ? { nobody: getToken || tokenUrl ? true : "ever" }
    : { token: (said as { token?: Proof } | undefined)?.token ?? (said as Proof) };
}

async function fetched(url: string): Promise<unknown> {
  const response = await fetch(url, { method: "POST", mode: "same-origin" });
  // A server that can't answer now names nobody, and is asked again.
  if (response.status > 499) throw response;
  return response.status === 204 ? null : response.ok && response.json();
}
