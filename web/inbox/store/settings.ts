import type { ChangedSetting, SettingList } from "../../protocol/wire";
import type { Api } from "../api";
import { Fetched } from "./fetched";

/** What the workspace asks of its contacts, and how its chat looks. */
export class Settings {
  readonly list: Fetched<SettingList>;

  constructor(private readonly api: Api) {
    this.list = new Fetched(() => api.get("/settings"));
  }

  /** Resolves to the setting's word as it stands now. */
  async change(name: string, value: string): Promise<string> {
    const changed = await this.api.patch<ChangedSetting>("/settings", { name, value });
    await this.list.refresh();
    return changed.value;
  }
}
