import type { AuditEntry, Me } from "../../protocol/wire";
import { Api } from "../api";
import { Pages } from "./pages";

const PAGE = 50;

/** Everything that one signed-in auditor has in memory: the log, and who they are. */
export class AuditDesk {
  readonly log: Pages<AuditEntry>;
  readonly #api: Api;

  constructor(
    readonly me: Me,
    onSignedOut: () => void,
  ) {
    this.#api = new Api(me.csrf, onSignedOut);
    this.log = new Pages(PAGE, (query) => this.#api.get("/audit", query));
  }

  arrive(): void {
    void this.log.refresh();
  }

  leave(): void {
    this.#api.close();
  }
}
