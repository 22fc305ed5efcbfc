import { useEffect } from "preact/hooks";
import { AUDIT } from "../places";
import { signOut } from "../store/app";
import type { AuditDesk } from "../store/audit-desk";
import { AboutTheLog } from "./about-the-log";
import { AuditLogList } from "./audit-log-list";

/** Where an auditor is: what happened, and nothing of what was said. */
export function AuditScreen({ desk }: { desk: AuditDesk }) {
  const { name } = desk.me.workspace;
  useEffect(() => {
    document.title = `Audit log · ${name}`;
  }, [name]);
  return (
    <div class="settings">
      <Views desk={desk} />
      <main class="setting">
        <div class="setting-body audit">
          <header>
            <h1>Audit log</h1>
            <button type="button" class="quiet" onClick={() => desk.log.refresh()}>
              {desk.log.isAsking.value ? "Looking …" : "Look again"}
            </button>
          </header>
          <AboutTheLog />
          <AuditLogList desk={desk} />
        </div>
      </main>
    </div>
  );
}

function Views({ desk }: { desk: AuditDesk }) {
  const { teammate, workspace } = desk.me;
  return (
    <nav class="views" aria-label="Views">
      <p class="wordmark">{workspace.name}</p>
      <ul>
        <li>
          <a href={AUDIT} aria-current="page">
            Audit log
          </a>
        </li>
      </ul>
      <footer>
        <p class="me" title={teammate.email}>
          {teammate.name}
        </p>
        <button type="button" class="quiet" onClick={() => signOut(desk)}>
          Sign out
        </button>
      </footer>
    </nav>
  );
}
