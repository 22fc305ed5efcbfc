import type {
  AddSigningKey,
  NameKeyAddress,
  NewSigningKey,
  RevokedSigningKey,
  SigningKeyList,
} from "../../protocol/wire";
import type { Api } from "../api";
import { Fetched } from "./fetched";

/** The keys that sign who the site's users are. A secret is handed to whoever asked for it, and not kept here. */
export class SigningKeys {
  readonly list: Fetched<SigningKeyList>;

  constructor(private readonly api: Api) {
    this.list = new Fetched(() => api.get("/keys"));
  }

  async add(asked: AddSigningKey): Promise<NewSigningKey> {
    const made = await this.api.post<NewSigningKey>("/keys", asked);
    void this.list.refresh();
    return made;
  }

  /** How many sessions that ended. */
  async revoke(kid: string): Promise<number> {
    const { sessions_ended } = await this.api.delete<RevokedSigningKey>(`/keys/${encodeURIComponent(kid)}`);
    void this.list.refresh();
    return sessions_ended;
  }

  /** The server looks there at once: where nothing can be read, nothing changes. */
  async nameAddress(asked: NameKeyAddress): Promise<void> {
    await this.api.post("/key-address", asked);
    await this.list.refresh();
  }

  /** How many sessions that ended. */
  async forgetAddress(): Promise<number> {
    const { sessions_ended } = await this.api.delete<RevokedSigningKey>("/key-address");
    void this.list.refresh();
    return sessions_ended;
  }
}
