import { useSignal } from "@preact/signals";
import type { Refused } from "../../protocol/problem";
import type { AddSigningKey, NewSigningKey } from "../../protocol/wire";
import { Trouble } from "../parts/trouble";
import { asRefused } from "../store/fetched";
import type { SigningKeys } from "../store/signing-keys";

interface Props {
  keys: SigningKeys;
  onMade: (key: NewSigningKey) => void;
}

/** A secret that is made here, or the public half of a key that the site keeps to itself. */
export function AddKey({ keys, onMade }: Props) {
  const refusal = useSignal<Refused | null>(null);
  const busy = useSignal(false);
  const add = async (asked: AddSigningKey) => {
    busy.value = true;
    refusal.value = null;
    try {
      onMade(await keys.add(asked));
    } catch (trouble) {
      refusal.value = asRefused(trouble);
    } finally {
      busy.value = false;
    }
  };
  return (
    <div class="add-key">
      <button type="button" class="primary" disabled={busy.value} onClick={() => add({})}>
        Make a new key
      </button>
      <details>
        <summary>Give a public key instead</summary>
        <PublicKeyForm busy={busy.value} onGive={add} />
      </details>
      {refusal.value !== null && <Trouble refusal={refusal.value} />}
    </div>
  );
}

interface FormProps {
  busy: boolean;
  onGive: (asked: AddSigningKey) => Promise<void>;
}

function PublicKeyForm({ busy, onGive }: FormProps) {
  const give = (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    const public_key = String(said.get("public_key"));
    const alg = said.get("alg");
    void onGive(alg === "RS256" || alg === "PS256" ? { public_key, alg } : { public_key });
  };
  return (
    <form onSubmit={give}>
      <label for="public-key">Public key, in PEM or as a JWK</label>
      <textarea
        id="public-key"
        name="public_key"
        rows={5}
        required
        maxLength={10_000}
        spellcheck={false}
        autocomplete="off"
        placeholder="-----BEGIN PUBLIC KEY-----"
        aria-describedby="public-key-hint"
      />
      <p id="public-key-hint" class="hint">
        Ed25519, P-256, or RSA of 2048 bits or more. Its private half never leaves your server.
      </p>
      <label for="public-key-alg">It signs</label>
      <select id="public-key-alg" name="alg">
        <option value="">as its kind does (RSA: RS256)</option>
        <option value="RS256">RS256, with an RSA key</option>
        <option value="PS256">PS256, with an RSA key</option>
      </select>
      <button type="submit" class="quiet" disabled={busy}>
        Trust this key
      </button>
    </form>
  );
}
