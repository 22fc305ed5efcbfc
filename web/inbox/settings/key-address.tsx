import { useSignal } from "@preact/signals";
import type { Refused } from "../../protocol/problem";
import type { KeyAddress } from "../../protocol/wire";
import { Confirm } from "../parts/confirm";
import { Icon } from "../parts/icon";
import { Time } from "../parts/time";
import { Trouble } from "../parts/trouble";
import { Worded } from "../parts/worded";
import { asRefused } from "../store/fetched";
import type { SigningKeys } from "../store/signing-keys";

interface Props {
  address: KeyAddress | null;
  keys: SigningKeys;
  onForgotten: (ended: number) => void;
}

/** Where the site publishes its public keys; they come and go as it lists them. */
export function KeyAddressSetting({ address, keys, onForgotten }: Props) {
  return (
    <section aria-labelledby="key-address">
      <h2 id="key-address">Address of your keys</h2>
      {address === null ? (
        <NameAddress keys={keys} />
      ) : (
        <Named address={address} keys={keys} onForgotten={onForgotten} />
      )}
    </section>
  );
}

function Named({ address, keys, onForgotten }: Props & { address: KeyAddress }) {
  const forgetting = useSignal(false);
  return (
    <>
      <ul class="key-lines">
        <li>
          <div class="key-words">
            <p>
              <code class="address">{address.url}</code>
            </p>
            <p class="hint">
              {address.looked_at === null ? (
                "Not read yet"
              ) : (
                <>
                  Last read <Time at={address.looked_at} as="ago" />
                </>
              )}
              {address.good_until !== null && (
                <>
                  {" · what was found is trusted until "}
                  <Time at={address.good_until} as="short" />
                </>
              )}
            </p>
            {address.issuer !== null && (
              <p class="hint">
                Tokens must name the issuer <code>{address.issuer}</code>
              </p>
            )}
            {address.fault !== null && (
              <p class="fault">
                <Icon name="alert" size={16} />
                <span>
                  <Worded words={`The last look failed. ${address.fault}`} />
                </span>
              </p>
            )}
            {address.left_out.map(({ kid, why }) => (
              <p key={kid} class="hint">
                {kid === null ? "A key without a name" : <code>{kid}</code>} is listed there and not trusted.{" "}
                <Worded words={why} />
              </p>
            ))}
          </div>
          <button
            type="button"
            class="quiet"
            aria-haspopup="dialog"
            onClick={() => (forgetting.value = true)}
          >
            Forget <span class="unseen">the address</span>
          </button>
        </li>
      </ul>
      {forgetting.value && (
        <Confirm
          title="Forget this address?"
          act="Forget it"
          onConfirm={async () => onForgotten(await keys.forgetAddress())}
          onClose={() => (forgetting.value = false)}
        >
          <p>Its keys prove nobody any more, and everybody who is signed in with one is out at once.</p>
        </Confirm>
      )}
    </>
  );
}

function NameAddress({ keys }: { keys: SigningKeys }) {
  const refusal = useSignal<Refused | null>(null);
  const busy = useSignal(false);
  const name = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    const rsa_alg = said.get("rsa_alg") === "PS256" ? "PS256" : "RS256";
    busy.value = true;
    refusal.value = null;
    try {
      await keys.nameAddress({ url: String(said.get("url")).trim(), rsa_alg });
    } catch (trouble) {
      refusal.value = asRefused(trouble);
    } finally {
      busy.value = false;
    }
  };
  return (
    <details class="add-key">
      <summary>Name an address at which your site publishes its public keys</summary>
      <form onSubmit={name}>
        <label for="key-address-url">Address (JWKS)</label>
        <input
          id="key-address-url"
          name="url"
          type="url"
          required
          maxLength={2_000}
          autocomplete="off"
          placeholder="https://www.example.com/.well-known/jwks.json"
          aria-describedby="key-address-hint"
        />
        <p id="key-address-hint" class="hint">
          https alone. It is read at once, and again when it gets old or a token names a key that is not
          known.
        </p>
        <label for="key-address-rsa">RSA keys there that do not say so sign</label>
        <select id="key-address-rsa" name="rsa_alg">
          <option value="RS256">RS256</option>
          <option value="PS256">PS256</option>
        </select>
        {refusal.value !== null && <Trouble refusal={refusal.value} />}
        <button type="submit" class="quiet" disabled={busy.value}>
          Trust its keys
        </button>
      </form>
    </details>
  );
}
