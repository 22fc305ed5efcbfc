import { signal } from "@preact/signals";
import type { Refused } from "../../protocol/problem";
import type { Me, SetUp, SetUpDone, SignIn } from "../../protocol/wire";
import { path, replaceWith, SET_UP, SIGN_IN } from "../address";
import { ask } from "../api";
import { AUDIT, pathTo, plainAddress } from "../places";
import { AuditDesk } from "./audit-desk";
import { Desk } from "./desk";
import { asRefused } from "./fetched";

export type Screen =
  | { name: "arriving" }
  | { name: "unreachable"; refusal: Refused }
  | { name: "sign-in"; notice: string | null }
  | { name: "set-up"; token: string }
  | { name: "desk"; desk: Desk }
  | { name: "audit"; desk: AuditDesk };

export const screen = signal<Screen>({ name: "arriving" });

let wanted = pathTo("all");

/** Finds out who is there: the set-up link, a teammate who is signed in, or somebody who is not yet. */
export async function arrive(): Promise<void> {
  if (location.pathname === SET_UP) return beginSetUp();
  if (path.peek() !== SIGN_IN) wanted = plainAddress(path.peek());
  screen.value = { name: "arriving" };
  try {
    sitDown(await ask<Me>("/me"));
  } catch (trouble) {
    const refusal = asRefused(trouble);
    if (refusal.status === 401) showSignIn(null);
    else screen.value = { name: "unreachable", refusal };
  }
}

export async function signIn(who: SignIn): Promise<void> {
  sitDown(await ask<Me>("/sign-in", { method: "POST", body: who }));
}

export async function signOut({ me }: Desk | AuditDesk): Promise<void> {
  leaveDesk(null);
  wanted = pathTo("all");
  await ask("/sign-out", { method: "POST", csrf: me.csrf }).catch(() => {
    showSignIn(
      "You are signed out here, but the server could not be told. Sign in and out again when it answers.",
    );
  });
}

export const setUp = (answers: SetUp): Promise<SetUpDone> =>
  ask<SetUpDone>("/setup", { method: "POST", body: answers });

/** An auditor has a desk of their own: of what was said they read nothing, and nothing of it is asked for them. */
export function sitDown(me: Me): void {
  const isAuditor = me.role === "auditor";
  replaceWith(isAuditor ? AUDIT : wanted);
  screen.value = isAuditor
    ? { name: "audit", desk: new AuditDesk(me, signedOutMeanwhile) }
    : { name: "desk", desk: new Desk(me, signedOutMeanwhile) };
  screen.value.desk.arrive();
}

const signedOutMeanwhile = (): void =>
  leaveDesk("You were signed out. Sign in again to go on where you were.");

function leaveDesk(notice: string | null): void {
  const at = screen.peek();
  if (!("desk" in at)) return;
  at.desk.leave();
  wanted = plainAddress(path.peek());
  showSignIn(notice);
}

function showSignIn(notice: string | null): void {
  document.title = "Privity";
  replaceWith(SIGN_IN);
  screen.value = { name: "sign-in", notice };
}

/** The token is read once and leaves the address at once, so that no history and no screenshot keeps it. */
function beginSetUp(): void {
  const token = location.hash.slice(1);
  replaceWith(SET_UP);
  screen.value = { name: "set-up", token };
}
