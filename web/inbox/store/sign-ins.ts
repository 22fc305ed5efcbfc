import type { AddSignInProvider, RevokedSigningKey, SignInProviderList } from "../../protocol/wire";
import type { Api } from "../api";
import { Fetched } from "./fetched";

/** The providers at which people may sign in to the chat. */
export class SignInProviders {
  readonly list: Fetched<SignInProviderList>;

  constructor(private readonly api: Api) {
    this.list = new Fetched(() => api.get("/sign-ins"));
  }

  /** The server asks the provider at once: where it cannot be used, nothing changes. */
  async add(asked: AddSignInProvider): Promise<void> {
    await this.api.post("/sign-ins", asked);
    await this.list.refresh();
  }

  /** How many sessions that ended. */
  async remove(id: string): Promise<number> {
    const { sessions_ended } = await this.api.delete<RevokedSigningKey>(`/sign-ins/${id}`);
    void this.list.refresh();
    return sessions_ended;
  }
}
