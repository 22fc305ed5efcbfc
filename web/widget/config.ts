import type { WidgetConfig } from "../protocol/wire";

/** What the server wrote into the frame's own page: the workspace, and the sites that may hold the frame. */
export const config = content<WidgetConfig>("privity:config");
export const sites = content<string[]>("privity:sites");

function content<T>(name: string): T {
  const meta = document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`);
  return JSON.parse(meta?.content ?? "null");
}
