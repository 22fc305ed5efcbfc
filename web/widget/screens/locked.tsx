import { useState } from "preact/hooks";
import { safeHref } from "../../protocol/markdown_parse";
import { config } from "../config";
import { reception } from "../desk";
import type { Visit } from "../visit";
import * as words from "../words";
import { LockIcon } from "./icons";
import { CodeByMail, SignInAt, WhyLocked } from "./later";

/** The same for everybody who is not proved, whether or not there is anything to show. */
export function Locked({ visit }: { visit: Visit }) {
  const [isExplained, explain] = useState(false);
  return (
    <section class="locked" aria-label="Past conversations">
      <p>
        <LockIcon />
        {words.locked}
      </p>
      <div class="row">
        <SignIn />
        <button type="button" class="link" aria-expanded={isExplained} onClick={() => explain(!isExplained)}>
          Why?
        </button>
      </div>
      {isExplained && <WhyLocked />}
      {config.sign_ins.length > 0 && !reception.pageNames.value && <SignInAt visit={visit} />}
      {config.codes && visit.standing !== "mailed" && <MailboxCode visit={visit} />}
    </section>
  );
}

function MailboxCode({ visit }: { visit: Visit }) {
  const [isOpen, open] = useState(false);
  if (isOpen) return <CodeByMail visit={visit} />;
  return (
    <button type="button" class="link" onClick={() => open(true)}>
      {words.codeAsk}
    </button>
  );
}

/** Signing in is the site's own affair, in the site's own tab. */
export function SignIn() {
  const href = safeHref(config.sign_in_url ?? "");
  return href === null ? null : (
    <a class="button" href={href} target="_top" rel="noopener">
      {words.signIn}
    </a>
  );
}
