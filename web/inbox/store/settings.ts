import type { SettingList } from "../../protocol/wire";
import type { Api } from "../api";
import { Fetched } from "./fetched";

/** What the workspace asks of its contacts, and how its chat looks. */
export class Settings {
  readonly list: Fetched<SettingList>;

  constructor(private readonly api: Api) {
    this.list = new Fetched(() => api.get("/settings"));
  }

  async change(name: string, value: string): Promise<void> {
    await this.api.patch("/settings", { name, value });
    await this.list.refresh();
  }
}
