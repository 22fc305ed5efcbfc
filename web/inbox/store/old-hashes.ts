import type { LegacySwitch, LegacySwitchList, RevokedSigningKey } from "../../protocol/wire";
import type { Api } from "../api";
import { Fetched } from "./fetched";

/** Products whose hashes prove the site's users, for the time of a move. */
export class OldHashes {
  readonly list: Fetched<LegacySwitchList>;

  constructor(private readonly api: Api) {
    this.list = new Fetched(() => api.get("/legacy"));
  }

  /** How many sessions that ended. */
  async turnOff(product: LegacySwitch["product"]): Promise<number> {
    const { sessions_ended } = await this.api.post<RevokedSigningKey>("/legacy/off", { product });
    void this.list.refresh();
    return sessions_ended;
  }
}
