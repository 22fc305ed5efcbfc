import { computed, effect, type Signal, signal } from "@preact/signals";
import type { IdentityEvent, Proof, Who } from "../protocol/port";
import { Refused } from "../protocol/problem";
import { Api } from "./api";
import { delayAfter } from "./backoff";
import { untilServerTime } from "./clock";
import { ended, toEnd } from "./ending";
import { type Entered, enterProved, findLead } from "./entrance";
import { Epoch } from "./epoch";
import type { Host } from "./host";
import { leadSecret } from "./lead_secret";
import { isAnswered, nextStep, type Step } from "./standing";
import { type Arrival, type Notice, type Surroundings, Visit } from "./visit";

const ASK_EVERY = 5 * 60_000;
const CALM = 5_000;
const ASK_SOON = [2_000, 10_000, 60_000];

/**
 * Asks the page who is there, and holds the visit of whoever it is. Another person, or nobody, is another visit: the
 * one before is over first, with all that it shows.
 */
export class Reception {
  readonly visit: Signal<Visit>;
  /** Whether the page has a way to name people, which is then the one. */
  readonly pageNames = signal(true);
  readonly #host: Host;
  readonly #around: Surroundings;
  #lastToken: Proof | null = null;
  #withoutHistory = false;
  #isAsking = false;
  #askAgain = false;
  #isClosed = false;
  #told = "";
  #endedAt = 0;

  constructor(host: Host, isWatched: Signal<boolean>) {
    this.#host = host;
    this.#around = {
      page: () => host.page,
      isWatched,
      over: (visit, code) => this.#overFor(visit, code),
      running: () => host.tell("running", true),
    };
    this.visit = signal(new Visit(this.#around, { as: "unknown" }));
    const unread = computed(() => this.visit.value.unread.value);
    effect(() => {
      host.tell("unread", unread.value);
    });
    setInterval(() => this.ask(), ASK_EVERY);
  }

  /** One at a time. An ask that comes meanwhile is asked afterwards: the answer may have changed. */
  async ask(): Promise<void> {
    this.#askAgain = true;
    if (this.#isAsking) return this.#round(this.visit.value, true);
    this.#isAsking = true;
    try {
      while (this.#askAgain) {
        this.#askAgain = false;
        await this.#round(this.visit.value);
      }
    } finally {
      this.#isAsking = false;
    }
  }

  async writeWithoutHistory(): Promise<void> {
    const visit = this.visit.value;
    this.#withoutHistory = true;
    await this.#attempt(visit, () =>
      this.#lookForLead(visit, { as: "visitor", refusal: visit.arrival.refusal ?? null }),
    );
  }

  /**
   * To the server, and not to the page: who reads a mailbox is nobody that the site named. A proof of a provider's is
   * watched as one that the page gave, and is gone with the page.
   */
  async rise(as: "mailed" | "signed", enter: (api: Api) => Promise<Entered>): Promise<void> {
    const entered = await this.visit.value.rise(enter);
    this.#receive({ as, entered });
    if (as === "signed") this.#watchProof(this.visit.value);
  }

  async endChat(): Promise<void> {
    await this.#leave(this.visit.value, "ended");
  }

  async signOut(): Promise<void> {
    await this.#leave(this.visit.value);
  }

  /** Told first and emptied then: a sign-out that never reached the server is none. */
  async signOutEverywhere(): Promise<void> {
    const visit = this.visit.value;
    await new Api(visit.api.bearer, new Epoch()).endEverywhere();
    if (!visit.epoch.isOver) await this.#leave(visit);
  }

  /** The page goes out of sight and may come back for somebody else. */
  rest(): void {
    this.#lastToken = null;
    this.#receive({ as: "unknown" });
  }

  async shutdown(): Promise<void> {
    this.#isClosed = true;
    await this.#leave(this.visit.value);
    this.#host.tell("gone");
  }

  /** While one waits for the server, another may only leave: whoever has gone is not shown for that long. */
  async #round(visit: Visit, mayOnlyLeave?: true): Promise<void> {
    const who = await this.#host.whoIsThere();
    this.pageNames.value = !("nobody" in who && who.nobody === "ever");
    if (visit.epoch.isOver || this.#isClosed) return;
    if ("error" in who && this.#withoutHistory && isAnswered(visit.standing)) return;
    const step = nextStep(visit.standing, who, this.#lastToken);
    if (!mayOnlyLeave || step === "leave") await this.#attempt(visit, () => this.#take(step, visit, who));
  }

  /** What fails is tried again soon; what belongs to a visit that is over is dropped. */
  async #attempt(visit: Visit, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (visit.epoch.isOver) return;
      if (visit.session.value === null) visit.isCut.value = true;
      this.#askSoon(visit);
      if (!(error instanceof Refused)) throw error;
    }
  }

  async #take(step: Step, visit: Visit, who: Who): Promise<void> {
    if (step === "look for a lead") await this.#lookForLead(visit, { as: "visitor", ...keptFrom(visit) });
    else if (step === "leave") this.#leave(visit, undefined, "?left=1");
    else if (step === "doubt" && "error" in who) this.#doubt(visit, who.error);
    else if ("token" in who && step !== "stay")
      await (step === "renew" ? this.#renew(visit, who.token) : this.#enter(visit, who.token));
  }

  async #lookForLead(visit: Visit, arrival: Arrival): Promise<void> {
    const entered = await findLead(visit.epoch);
    const as = entered?.state.contact.kind === "user" ? "mailed" : arrival.as;
    this.#receive({ ...arrival, as, entered });
    this.#tellIdentity({ state: "nobody" });
    if (entered === null) this.#host.tell("running", false);
    if (arrival.notice === "signed-out") this.#askSoon(this.visit.value);
  }

  async #enter(visit: Visit, token: Proof): Promise<void> {
    try {
      const entered = await enterProved(visit.epoch, this.#host.page, token);
      this.#lastToken = token;
      this.#withoutHistory = false;
      this.#receive({ as: "proved", entered, reopen: visit.arrival.reopen ?? null });
      this.#watchProof(this.visit.value);
      this.#tellIdentity({ state: "proved" });
    } catch (error) {
      if (isAnotherIdentity(error)) return this.#leaveForAnother(visit);
      if (!isNotIdentified(error)) throw error;
      this.#lastToken = token;
      this.#doubt(visit, error.detail, error.refusal);
    }
  }

  async #renew(visit: Visit, token: Proof): Promise<void> {
    try {
      visit.session.value = await visit.api.renew(token);
      this.#lastToken = token;
      this.#tellIdentity({ state: "proved" });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (isAnotherIdentity(error)) this.#leaveForAnother(visit);
      else if (!isNotIdentified(error)) throw error;
      else this.#refusedToRenew(token, error.detail);
    }
  }

  /** The session goes on until its proof ends. */
  #refusedToRenew(token: Proof, reason: string): void {
    this.#lastToken = token;
    this.#tellIdentity({ state: "failed", reason });
  }

  #leaveForAnother(visit: Visit): void {
    this.#leave(visit);
    this.#lastToken = null;
    this.#askAgain = true;
  }

  #doubt(visit: Visit, reason: string, refusal: string | null = null): void {
    this.#receive({ as: "doubted", notice: "doubted", refusal, ...keptFrom(visit) });
    this.#tellIdentity({ state: "failed", reason });
    this.#askSoon(this.visit.value);
  }

  /** Emptied at once; then the server is told, which ends the session everywhere. */
  #leave(visit: Visit, notice?: Notice, how?: string): Promise<void> {
    toEnd(visit.session.value === null ? leadSecret() : visit.api.bearer, how);
    this.#receive({ as: "visitor", ...(notice && { notice }) });
    this.#host.tell("running", false);
    this.#tellIdentity({ state: "nobody" });
    return this.#tellEnd();
  }

  /** Again and again, until it has heard. Nobody waits for it who has something else to do. */
  async #tellEnd(attempt = 0): Promise<void> {
    try {
      await ended();
    } catch (error) {
      await new Promise((resolve) => setTimeout(resolve, delayAfter(error as Refused, attempt)));
      await this.#tellEnd(attempt + 1);
    }
  }

  #overFor(visit: Visit, code: string): void {
    if (visit !== this.visit.value) return;
    if (code !== "proof_over") this.#lastToken = null;
    if (visit.standing === "proved") this.#host.tell("identity:expired");
    const reopen = visit.thread.value?.id.value ?? null;
    this.#receive({ as: "unknown", notice: visit.isProved ? "signed-out" : "ended", reopen });
    this.#askAfterEnd();
  }

  /** At once; but a server that ends each session as soon as it begins isn't asked without a pause. */
  #askAfterEnd(): void {
    const wait = Date.now() - this.#endedAt < CALM ? CALM : 0;
    this.#endedAt = Date.now();
    this.visit.value.epoch.after(wait, () => this.ask());
  }

  #watchProof(visit: Visit): void {
    const watch = () => {
      const proof = visit.session.value?.proof;
      if (!proof) return;
      const renew = visit.epoch.after(untilServerTime(proof.renew_after), () => this.ask());
      const end = visit.epoch.after(untilServerTime(proof.expires_at), () =>
        this.#overFor(visit, "proof_over"),
      );
      return () => {
        renew();
        end();
      };
    };
    visit.epoch.whenOver(effect(watch));
  }

  /** Here alone does one person's visit become another's. */
  #receive(arrival: Arrival): void {
    this.visit.peek().epoch.end();
    this.visit.value = new Visit(this.#around, arrival);
  }

  /** The page may be about to have a good token: it is asked sooner than usual, a few times. */
  #askSoon(visit: Visit): void {
    for (const wait of ASK_SOON) visit.epoch.after(wait, () => this.ask());
  }

  #tellIdentity(said: IdentityEvent): void {
    const words = `${said.state} ${said.reason}`;
    if (words === this.#told) return;
    this.#told = words;
    this.#host.tell("identity", said);
    if (said.state === "failed") this.#host.tell("identity:failed", said.reason ?? "unknown");
  }
}

/** Why a proved visit ended, and where it was: said and shown to whoever comes to the panel next, if it is theirs. */
function keptFrom({ arrival }: Visit): Pick<Arrival, "notice" | "reopen"> {
  const { as, notice, reopen = null } = arrival;
  return as === "unknown" && notice ? { notice, reopen } : { reopen };
}

const isAnotherIdentity = (error: unknown): boolean =>
  error instanceof Refused && error.code === "identity_changed";

const isNotIdentified = (error: unknown): error is Refused =>
  error instanceof Refused && error.code === "invalid_identity";
