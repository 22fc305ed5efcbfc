import type { SetUpDone } from "../../protocol/wire";
import { CopyBlock } from "../parts/copy-block";
import { Icon } from "../parts/icon";

export function KeyStep({ done, onKept }: { done: SetUpDone; onKept: () => void }) {
  const { signing_key, snippet } = done;
  return (
    <section aria-labelledby="key-title">
      <h1 id="key-title">Two things for your site</h1>
      {done.needs_mail_server && (
        <p class="notice">
          <Icon name="alert" size={16} /> No code can be sent yet: name your mail server in PRIVITY_SMTP_URL
          and start Privity again. <code>privity doctor</code> tries it.
        </p>
      )}
      <h2>1. The signing key</h2>
      <p class="notice">
        <Icon name="alert" size={16} /> Shown this once. Keep it on your server, never in a page: whoever has
        it can say who anybody is.
      </p>
      <CopyBlock name="key's name (kid)" words={signing_key.kid} />
      <CopyBlock name={`secret (${signing_key.alg})`} words={signing_key.secret} />
      <h2>2. The chat</h2>
      <p class="quiet-words">Put these lines on each page, before the end of the body.</p>
      <CopyBlock name="snippet" words={snippet} />
      <button type="button" class="primary" onClick={onKept}>
        I have kept the key
      </button>
    </section>
  );
}
