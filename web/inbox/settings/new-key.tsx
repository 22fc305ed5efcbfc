import { useEffect, useRef } from "preact/hooks";
import type { NewSigningKey } from "../../protocol/wire";
import { CopyBlock } from "../parts/copy-block";
import { Icon } from "../parts/icon";

/** The one time that a secret is shown. Leaving the page puts it away for good. */
export function NewKey({ made: { kid, alg, secret }, onKept }: { made: NewSigningKey; onKept: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section class="new-key" aria-labelledby="new-key">
      <h2 id="new-key" ref={heading} tabIndex={-1}>
        Trusted from now on
      </h2>
      {secret !== "" && (
        <p class="notice">
          <Icon name="alert" size={16} /> Shown this once. Keep it on your server, never in a page: whoever
          has it can say who anybody is.
        </p>
      )}
      <CopyBlock name="key's name (kid)" words={kid} />
      {secret !== "" && <CopyBlock name={`secret (${alg})`} words={secret} />}
      <button type="button" class="primary" onClick={onKept}>
        {secret === "" ? "Done" : "I have kept the key"}
      </button>
    </section>
  );
}
