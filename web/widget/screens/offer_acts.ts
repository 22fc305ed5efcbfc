import { Refused } from "../../protocol/problem";
import type { Offering } from "../offer";
import * as seldom from "./seldom_api";

/** These are kept; the others are left, and closed to everybody who comes here. */
export const keep = (offering: Offering, ids: string[]) =>
  attempt(offering, async () => {
    offering.kept.value = (await seldom.adopt(offering.api, ids)).items;
    offering.offer.value = null;
    await offering.changed();
  });

export const leave = (offering: Offering) =>
  attempt(offering, async () => {
    await seldom.adopt(offering.api, []);
    offering.offer.value = null;
  });

export const undo = (offering: Offering) =>
  attempt(offering, async () => {
    for (const { id } of offering.kept.value) await seldom.undoAdoption(offering.api, id);
    offering.settle();
    await offering.changed();
    await offering.look();
  });

async function attempt({ api, trouble, kept }: Offering, act: () => Promise<void>): Promise<void> {
  trouble.value = "none";
  try {
    await act();
  } catch (error) {
    if (api.epoch.isOver) return;
    if (!(error instanceof Refused)) throw error;
    trouble.value = error.status === 409 ? "written since" : "failed";
    if (error.status === 409) kept.value = [];
  }
}
