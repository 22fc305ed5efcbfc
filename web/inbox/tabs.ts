const channel = new BroadcastChannel("privity:at-the-desk");

/** Tells this browser's other tabs who sits at the desk from now on: a teammate's id, or null for nobody. */
export const tellTabs = (teammate: string | null): void => channel.postMessage({ teammate });

/** All tabs of a browser carry one cookie: who signs in or out in one of them does so in each. */
export function followTabs(hear: (teammate: string | null) => void): void {
  channel.addEventListener("message", ({ data }) => hear(data.teammate));
}
