import { Fragment } from "preact";
import type { ClaimMade, Contact, ProvedIdentity } from "../../protocol/wire";
import { Icon } from "../parts/icon";
import { Time } from "../parts/time";
import { counted, nameOf, providerName } from "../words/people";
import { SignedAttributes } from "./signed-attributes";

/** What stands behind this contact: a proof, how and when; or a claim; or nothing. In words, with an icon. */
export function IdentityBadge({ person }: { person: Contact }) {
  if (person.identities.length > 0) {
    return (
      <ul class="badges">
        {person.identities.map((identity) => (
          <Proved key={identity.id} identity={identity} />
        ))}
      </ul>
    );
  }
  const claim = person.claims.find(({ kind }) => kind === "email") ?? person.claims[0];
  return claim === undefined ? <NothingSaid /> : <Claimed claim={claim} />;
}

function Proved({ identity }: { identity: ProvedIdentity }) {
  const { provider, subject, email, email_verified, proved_at, retired_at, key, attributes, linked } =
    identity;
  const old = provider === "legacy";
  return (
    <li class="identity-badge">
      <p class={proved_at === null ? "claimed" : old ? "old-proof" : "proved"}>
        <Icon name={proved_at === null ? "unproved" : old ? "old" : "proved"} />
        {proved_at === null
          ? `Named by ${providerName(provider)}, not proved yet`
          : `Proved by ${providerName(provider)}`}
      </p>
      <p class="hint">
        {proved_at !== null && <Time at={proved_at} as="ago" />}
        {key !== null && (
          <>
            {" "}
            · key <code>{key}</code>
          </>
        )}
      </p>
      {old && <p class="hint">It has no end of its own. A token that your site signs would prove more.</p>}
      {retired_at && (
        <p class="hint">
          Retired <Time at={retired_at} as="ago" />: nobody proves it any more.
        </p>
      )}
      <dl class="facts">
        <dt>Known there as</dt>
        <dd>
          <bdi>{nameOf(identity)}</bdi> <code>{subject}</code>
        </dd>
        {email !== null && (
          <>
            <dt>E-mail</dt>
            <dd>
              <bdi>{email}</bdi> {!email_verified && <span class="claimed">not checked</span>}
            </dd>
          </>
        )}
        {linked.map(({ provider, subject }) => (
          <Fragment key={`${provider}:${subject}`}>
            <dt>One person with</dt>
            <dd>
              <bdi>{subject}</bdi>, proved by {providerName(provider)}
            </dd>
          </Fragment>
        ))}
      </dl>
      <SignedAttributes attributes={attributes} />
    </li>
  );
}

function Claimed({ claim: { value, proved_users } }: { claim: ClaimMade }) {
  return (
    <div class="identity-badge">
      <p class="claimed">
        <Icon name="unproved" />
        <span>
          says <bdi>{value}</bdi>, unproved
        </span>
      </p>
      {proved_users > 0 && (
        <p class="hint">An address of {counted(proved_users, "proved user", "proved users")}.</p>
      )}
    </div>
  );
}

function NothingSaid() {
  return (
    <div class="identity-badge">
      <p class="claimed">
        <Icon name="unproved" />
        Nothing is proved, and nothing was said.
      </p>
    </div>
  );
}
