import type { Proof } from "../protocol/port";
import { Refused } from "../protocol/problem";
import type { OpenSession, SessionState } from "../protocol/wire";
import { Api, fieldOf } from "./api";
import { config } from "./config";
import { ended } from "./ending";
import type { Epoch } from "./epoch";
import { leadSecret } from "./lead_secret";

/** A session, and its secret where the panel keeps it. */
export interface Entered {
  state: SessionState;
  bearer: string | null;
}

export type Said = Pick<OpenSession, "page" | "refusal">;

/** The session that lives in this browser, if there is one; a cookie that is no good goes with the answer. */
export async function findLead(epoch: Epoch): Promise<Entered | null> {
  await ended();
  const bearer = leadSecret();
  try {
    return { state: await new Api(bearer, epoch).session(), bearer };
  } catch (error) {
    if (isOver(error)) return null;
    throw error;
  }
}

/** A visitor writes, and so becomes a lead. Where the cookie doesn't stick, the frame's storage carries it. */
export async function enterAsLead(epoch: Epoch, said: Said): Promise<Entered> {
  await ended();
  const asked = { workspace: config.workspace, ...said };
  if (leadSecret() === null) {
    await openWithCookie(epoch, asked);
    const found = await findLead(epoch);
    if (found !== null) return found;
  }
  const state = await new Api(null, epoch).open({ ...asked, carrier: "storage" });
  const bearer = state.session.token ?? null;
  if (bearer !== null) leadSecret(bearer);
  return { state, bearer };
}

/** A cookie of a session that is over is refused once, and then gone. */
async function openWithCookie(epoch: Epoch, asked: OpenSession): Promise<void> {
  const api = new Api(null, epoch);
  try {
    await api.open(asked);
  } catch (error) {
    if (!isOver(error)) throw error;
    await findLead(epoch);
    await api.open(asked);
  }
}

const isOver = (error: unknown) => error instanceof Refused && error.status === 401;

/** The page named somebody. A lead's session beside the token is closed by it, and its words are on offer. */
export async function enterProved(epoch: Epoch, page: string, proof: Proof): Promise<Entered> {
  await ended();
  const asked = { workspace: config.workspace, page, ...fieldOf(proof) };
  const state = await new Api(leadSecret(), epoch).open(asked);
  return { state, bearer: state.session.token ?? null };
}
