import { signal } from "@preact/signals";
import type { Adopted, Offer } from "../protocol/wire";
import type { Api } from "./api";

/** What was written in this browser before the sign-in. The person's answers are in `screens/offer_acts.ts`. */
export class Offering {
  readonly offer = signal<Offer | null>(null);
  readonly kept = signal<Adopted[]>([]);
  readonly trouble = signal<"none" | "written since" | "failed">("none");

  constructor(
    readonly api: Api,
    /** What is theirs is more, or less. */
    readonly changed: () => Promise<void>,
  ) {}

  async look(): Promise<void> {
    const offer = await this.api.adoptable();
    this.offer.value = offer.items.length > 0 ? offer : null;
  }

  /** Whether there is something to ask, or to say of what was answered. */
  get isDue(): boolean {
    return this.offer.value !== null || this.kept.value.length > 0 || this.trouble.value === "written since";
  }

  /** What was kept can be undone until something is written. */
  settle(): void {
    this.kept.value = [];
  }
}
