import type { SessionState, SignInProof, SignInStart } from "../protocol/wire";
import type { Api } from "./api";
import type { Entered } from "./entrance";

const CHANNEL = "privity:signed-in";
const OCTETS = 32;
const LOOK_EVERY = 500;

/** Somebody's way to a provider and back. What proves that the answer is theirs stays in this memory. */
export class SignIn {
  readonly #state = randomWord();
  readonly #nonce = randomWord();
  readonly #verifier = randomWord();
  readonly #over = new AbortController();

  constructor(
    readonly provider: string,
    readonly popup: Window,
    readonly onClosed: () => void,
  ) {}

  /** Until the provider has sent them back, by a page of our own and for this very sign-in. */
  async at(api: Api): Promise<SignInProof> {
    const answer = this.#answer();
    const { authorization_url } = await api.call<SignInStart>("POST", "/session/sign-in-starts", {
      provider: this.provider,
      state: this.#state,
      nonce: this.#nonce,
      code_challenge: await challengeOf(this.#verifier),
    });
    this.popup.location.href = authorization_url;
    this.#watchWindow();
    const { code, iss } = await answer;
    if (typeof code !== "string") throw new Error("the provider signed nobody in");
    const kept = { provider: this.provider, verifier: this.#verifier, nonce: this.#nonce };
    return { ...kept, code, ...(typeof iss === "string" && { iss }) };
  }

  /** Their session lives in this page's memory, like one that the page proves. */
  async enter(api: Api, told: SignInProof): Promise<Entered> {
    const state = await api.call<SessionState>("POST", "/session/proofs", { kind: "oidc", sign_in: told });
    return { state, bearer: state.session.token ?? null };
  }

  giveUp(): void {
    this.#over.abort();
    this.popup.close();
  }

  #answer(): Promise<Record<string, unknown>> {
    const { signal } = this.#over;
    return new Promise((resolve) => {
      const hear = ({ origin, data }: MessageEvent) => {
        const said = origin === location.origin ? data?.signedIn : undefined;
        if (said?.state !== this.#state) return;
        this.#over.abort();
        resolve(said);
      };
      const channel = new BroadcastChannel(CHANNEL);
      channel.addEventListener("message", hear);
      addEventListener("message", (event) => event.source === this.popup && hear(event), { signal });
      signal.addEventListener("abort", () => channel.close());
    });
  }

  /** Who closes it is told. Some providers' pages make theirs look closed, so an answer is still waited for. */
  #watchWindow(): void {
    const look = setInterval(() => {
      if (!this.popup.closed) return;
      clearInterval(look);
      this.onClosed();
    }, LOOK_EVERY);
    this.#over.signal.addEventListener("abort", () => clearInterval(look));
  }
}

const randomWord = (): string => base64url(crypto.getRandomValues(new Uint8Array(OCTETS)));

async function challengeOf(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  return base64url(new Uint8Array(digest));
}

const base64url = (octets: Uint8Array): string =>
  btoa(String.fromCharCode(...octets))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
