import type {
  Adoptions,
  CodeSent,
  Devices,
  FirstLine,
  LinkQuestion,
  Links,
  Readings,
  SessionState,
} from "../../protocol/wire";
import type { Api } from "../api";
import type { Entered } from "../entrance";
import { leadSecret } from "../lead_secret";

/** What the parts that few people open ask of the server. */
export const devices = (api: Api) => api.call<Devices>("GET", "/session/devices");
export const endDevice = (api: Api, id: string) => api.call<void>("DELETE", `/session/devices/${id}`);

export const readings = (api: Api) => api.call<Readings>("GET", "/session/readings");

/** What was written here is asked of nobody who signs in here later. */
export const shareComputer = (api: Api) => api.call<void>("POST", "/session/shared-computer", {});

export const askForCode = (api: Api, email: string) =>
  api.call<CodeSent>("POST", "/session/proofs", { kind: "code", email });

/** Somebody read the code in their mailbox. Their session lives in this browser, carried as the lead's was. */
export async function enterByCode(api: Api, code: string): Promise<Entered> {
  const state = await api.call<SessionState>("POST", "/session/proofs", { kind: "code", code });
  const bearer = state.session.token ?? null;
  if (bearer !== null) leadSecret(bearer);
  return { state, bearer };
}

/** Asked for when the person wants to see it, and no sooner: others may look on. */
export const firstLine = (api: Api, id: string) =>
  api.call<FirstLine>("GET", `/adoptable/${id}/first-line`).then(({ body }) => body);
export const adopt = (api: Api, conversation_ids: string[]) =>
  api.call<Adoptions>("POST", "/adoptions", { conversation_ids });
export const undoAdoption = (api: Api, id: string) => api.call<void>("DELETE", `/adoptions/${id}`);

/** A code of another mailbox, in a session that has proved something: answered by a question. */
export const proveBeside = (api: Api, code: string) =>
  api.call<LinkQuestion>("POST", "/session/proofs", { kind: "code", code });
export const links = (api: Api) => api.call<Links>("GET", "/links");
export const agree = (api: Api, account: string) => api.call<Links>("POST", "/links", { account });
export const part = (api: Api, id: string) => api.call<void>("DELETE", `/links/${id}`);
