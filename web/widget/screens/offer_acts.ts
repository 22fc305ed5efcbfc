import { Refused } from "../../protocol/problem";
import type { Adopted } from "../../protocol/wire";
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
    for (const adopted of offering.kept.value) {
      await giveBack(offering, adopted);
      offering.kept.value = offering.kept.value.filter((other) => other !== adopted);
    }
    await offering.changed();
    await offering.look();
  });

/** What was written in since stays, and keeps no other from going back. */
async function giveBack({ api, trouble }: Offering, { id }: Adopted): Promise<void> {
  try {
    await seldom.undoAdoption(api, id);
  } catch (error) {
    if (!(error instanceof Refused && error.status === 409)) throw error;
    trouble.value = "written since";
  }
}

async function attempt({ api, trouble }: Offering, act: () => Promise<void>): Promise<void> {
  trouble.value = "none";
  try {
    await act();
  } catch (error) {
    if (api.epoch.isOver) return;
    if (!(error instanceof Refused)) throw error;
    trouble.value = "failed";
  }
}
