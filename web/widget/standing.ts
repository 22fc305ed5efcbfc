import type { Proof, Who } from "../protocol/port";

/**
 * How the person at the panel stands. `proved` by the page's word, `mailed` by a code to their mailbox, which needs no
 * page to name them. `signed` at a provider, until a page that can name people does not. `doubted`: the page named
 * somebody, and it could not be confirmed.
 */
export type Standing = "unknown" | "visitor" | "lead" | "proved" | "signed" | "mailed" | "doubted";

/** What the page's answer asks for. */
export type Step = "stay" | "look for a lead" | "enter" | "renew" | "leave" | "doubt";

/**
 * `lastToken` is the last one that was tried: a page that repeats it says nothing new. (An old hash comes as another
 * object each time: it has no end that tells when to renew.) `passing` is an error of the
 * network, which names nobody and therefore ends nothing.
 */
export function nextStep(standing: Standing, who: Who, lastToken: Proof | null): Step {
  if ("token" in who) return stepForToken(standing, who.token, lastToken);
  if ("nobody" in who) return stepForNobody(standing, who.nobody === "ever");
  return standing === "unknown" || (isAnswered(standing) && !isPassing(who.error)) ? "doubt" : "stay";
}

function stepForToken(standing: Standing, token: Proof, lastToken: Proof | null): Step {
  if (token === lastToken) return standing === "unknown" ? "look for a lead" : "stay";
  return standing === "proved" || standing === "signed" ? "renew" : "enter";
}

const stepForNobody = (standing: Standing, ever: boolean): Step => {
  if (standing === "unknown" || standing === "doubted") return "look for a lead";
  return standing === "proved" || (standing === "signed" && !ever) ? "leave" : "stay";
};

/** Whoever is here was taken for what the page said of them. */
export const isAnswered = (standing: Standing) => standing === "visitor" || standing === "lead";
const isPassing = (error: string) => error === "unreachable" || error === "timeout";
