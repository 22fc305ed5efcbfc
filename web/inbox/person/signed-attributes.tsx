import { Fragment } from "preact";
import type { ProvedIdentity } from "../../protocol/wire";

/** What the site signed besides: text to read, an address among it included, which nothing here fetches. */
export function SignedAttributes({ attributes }: Pick<ProvedIdentity, "attributes">) {
  const told = Object.entries(attributes);
  if (told.length === 0) return null;
  return (
    <section aria-label="Signed by the site">
      <p class="hint">Signed by the site</p>
      <dl class="facts">
        {told.map(([name, value]) => (
          <Fragment key={name}>
            <dt>
              <bdi>{name}</bdi>
            </dt>
            <dd>
              <bdi>{wordsOf(value)}</bdi>
            </dd>
          </Fragment>
        ))}
      </dl>
    </section>
  );
}

function wordsOf(value: string | number | boolean): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return String(value);
}
