import { computed, signal } from "@preact/signals";
import { showBrand } from "./brand";
import { config, sites } from "./config";
import { Host } from "./host";
import { Reception } from "./reception";

/** The panel's parts, put together once: the page that holds it, and the reception that asks who is there. */
const isShown = signal(false);
const isVisible = signal(document.visibilityState === "visible");

export const isWatched = computed(() => isShown.value && isVisible.value);

export const host = new Host(sites, {
  shown(shown, accent) {
    isShown.value = shown;
    showBrand(accent);
  },
  changed: () => reception.ask(),
  shutdown: () => reception.shutdown(),
});

export const reception = new Reception(host, isWatched);

/** Whoever was there may have gone meanwhile, so the page is asked at each return. */
export function begin(): void {
  showBrand(config.accent);
  addEventListener("focus", () => reception.ask());
  addEventListener("pagehide", () => reception.rest());
  addEventListener("pageshow", ({ persisted }) => persisted && reception.ask());
  document.addEventListener("visibilitychange", () => {
    isVisible.value = document.visibilityState === "visible";
    if (isVisible.value) reception.ask();
  });
  reception.ask();
}
