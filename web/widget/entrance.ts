import { Refused } from "../protocol/problem";
import type { OpenSession, SessionState } from "../protocol/wire";
import { Api } from "./api";
import { config } from "./config";
import type { Epoch } from "./epoch";
import { keepLeadSecret, leadSecret } from "./lead_secret";

/** A session, and its secret where the panel keeps it. */
export interface Entered {
  state: SessionState;
  bearer: string | null;
}

export type Said = Pick<OpenSession, "claims" | "page" | "refusal">;

/** The lead's session that lives in this browser, if there is one; a cookie that is no good goes with the answer. */
export async function findLead(epoch: Epoch): Promise<Entered | null> {
  const bearer = leadSecret();
  try {
    return { state: await new Api(bearer, epoch).session(), bearer };
  } catch (error) {
    if (error instanceof Refused && error.status === 401) return null;
    throw error;
  }
}

/** A visitor writes, and so becomes a lead. Where the cookie doesn't stick, the frame's storage carries it. */
export async function enterAsLead(epoch: Epoch, said: Said): Promise<Entered> {
  const asked = { workspace: config.workspace, ...said };
  const api = new Api(null, epoch);
  if (leadSecret() === null) {
    await findLead(epoch);
    await api.open(asked);
    const found = await findLead(epoch);
    if (found !== null) return found;
  }
  const state = await api.open({ ...asked, carrier: "storage" });
  const bearer = state.session.token ?? null;
  if (bearer !== null) keepLeadSecret(bearer);
  return { state, bearer };
}

/** The page named somebody. A lead's session beside the token is closed by it, and its words are on offer. */
export async function enterProved(epoch: Epoch, page: string, identity_token: string): Promise<Entered> {
  const asked = { workspace: config.workspace, page, identity_token };
  const state = await new Api(leadSecret(), epoch).open(asked);
  return { state, bearer: state.session.token ?? null };
}
