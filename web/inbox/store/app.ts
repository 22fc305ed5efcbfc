import { signal } from "@preact/signals";
import type { Refused } from "../../protocol/problem";
import type { Me, SetUp, SetUpDone, SignIn } from "../../protocol/wire";
import { path, replaceWith, SET_UP, SIGN_IN } from "../address";
import { ask } from "../api";
import { AUDIT, pathTo, plainAddress } from "../places";
import { tellTabs } from "../tabs";
import { AuditDesk } from "./audit-desk";
import { Desk } from "./desk";
import { Drawer } from "./drawer";
import { asRefused } from "./fetched";

type Screen =
  | { name: "arriving" }
  | { name: "unreachable"; refusal: Refused }
  | { name: "sign-in"; notice: string | null }
  | { name: "set-up"; token: string }
  | { name: "desk"; desk: Desk }
  | { name: "audit"; desk: AuditDesk };

export const screen = signal<Screen>({ name: "arriving" });

const drawer = new Drawer();

let wanted = pathTo("all");
let leaving: Promise<void> = Promise.resolve();

/** Finds out who is there: the set-up link, a teammate who is signed in, or somebody who is not yet. */
export async function arrive(): Promise<void> {
  if (location.pathname === SET_UP) return beginSetUp();
  if (path.peek() !== SIGN_IN) wanted = plainAddress(path.peek());
  const arriving: Screen = { name: "arriving" };
  screen.value = arriving;
  try {
    const me = await ask<Me>("/me");
    if (screen.peek() === arriving) sitDown(me);
  } catch (trouble) {
    const refusal = asRefused(trouble);
    if (screen.peek() !== arriving) return;
    if (refusal.status === 401) showSignIn(null);
    else screen.value = { name: "unreachable", refusal };
  }
}

/** The answer to a sign-out takes the cookie away, so that nobody's next one is asked for before it. */
export async function signIn(who: SignIn): Promise<void> {
  await leaving;
  const me = await ask<Me>("/sign-in", { method: "POST", body: who });
  tellTabs(me.teammate.id);
  sitDown(me);
}

export function signOut({ me }: Desk | AuditDesk): Promise<void> {
  leaveForGood(null);
  tellTabs(null);
  leaving = tellSignOut(me);
  return leaving;
}

async function tellSignOut({ csrf }: Me): Promise<void> {
  try {
    await ask("/sign-out", { method: "POST", csrf });
  } catch (trouble) {
    if (asRefused(trouble).status !== 401 && screen.peek().name === "sign-in") showSignIn(UNTOLD);
  }
}

const UNTOLD =
  "You are signed out here, but the server could not be told. Sign in and out again when it answers.";

/** Who signed in or out in another tab of this browser, and so with this tab's cookie. */
export function hearTab(teammate: string | null): void {
  if (screen.peek().name === "set-up") return;
  if (teammate === null) leaveForGood("You signed out in another tab.");
  else comeAgain();
}

function comeAgain(): void {
  clearDesk();
  void arrive();
}

export const setUp = (answers: SetUp): Promise<SetUpDone> =>
  ask<SetUpDone>("/setup", { method: "POST", body: answers });

/** An auditor has a desk of their own: of what was said they read nothing, and nothing of it is asked for them. */
export function sitDown(me: Me): void {
  clearDesk();
  const isAuditor = me.role === "auditor";
  const unsent = drawer.takeOut(me.teammate.id);
  replaceWith(isAuditor ? AUDIT : wanted);
  screen.value = isAuditor
    ? { name: "audit", desk: new AuditDesk(me, signedOutMeanwhile) }
    : { name: "desk", desk: new Desk(me, signedOutMeanwhile, unsent) };
  screen.value.desk.arrive();
}

/** What they were writing waits for them. */
function signedOutMeanwhile(): void {
  if (!("desk" in screen.peek())) return;
  clearDesk();
  showSignIn("You were signed out. Sign in again to go on where you were.");
}

/** Of their own accord, and with all that was here. */
function leaveForGood(notice: string | null): void {
  const wasThere = "desk" in screen.peek();
  clearDesk();
  drawer.empty();
  wanted = pathTo("all");
  if (wasThere) showSignIn(notice);
}

function clearDesk(): void {
  const at = screen.peek();
  if (!("desk" in at)) return;
  at.desk.leave();
  if (at.name === "desk") drawer.keep(at.desk.me.teammate.id, at.desk.unsent);
  wanted = plainAddress(path.peek());
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
