import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Refused } from "../../protocol/problem";
import type { SignInProvider } from "../../protocol/wire";
import { Confirm } from "../parts/confirm";
import { CopyBlock } from "../parts/copy-block";
import { Icon } from "../parts/icon";
import { Skeleton } from "../parts/skeleton";
import { Time } from "../parts/time";
import { Trouble } from "../parts/trouble";
import { Worded } from "../parts/worded";
import type { Desk } from "../store/desk";
import { asRefused } from "../store/fetched";
import type { SignInProviders } from "../store/sign-ins";
import { counted } from "../words/people";

/** Where people with an account elsewhere may sign in to the chat. */
export function SignIns({ desk }: { desk: Desk }) {
  if (desk.me.role !== "owner")
    return <p class="quiet-words">Your workspace's owner decides where people may sign in to the chat.</p>;
  return <Providers signIns={desk.signIns} />;
}

function Providers({ signIns }: { signIns: SignInProviders }) {
  const removing = useSignal<SignInProvider | null>(null);
  const done = useSignal("");
  const { list } = signIns;
  useEffect(() => void list.refresh(), [list]);

  const known = list.value.value;
  const remove = async ({ id, name }: SignInProvider) => {
    const ended = await signIns.remove(id);
    done.value = `${name} is removed. ${counted(ended, "session is", "sessions are")} over.`;
  };
  return (
    <>
      <p class="quiet-words">
        On a page that cannot say who is there, people sign in from the chat itself, at a provider that knows
        them (OpenID Connect), and see the conversations that are theirs.
      </p>
      <p class="done" role="status">
        {done.value}
      </p>
      {list.trouble.value !== null && <Trouble refusal={list.trouble.value} retry={() => list.refresh()} />}
      {known === null && list.trouble.value === null && <Skeleton words="Loading the providers" lines={3} />}
      {known !== null && <Lines lines={known.items} onRemove={(line) => (removing.value = line)} />}
      {known !== null && (
        <AddProvider
          signIns={signIns}
          redirectUri={known.redirect_uri}
          onAdded={(name) => (done.value = `People may sign in with ${name} from now on.`)}
        />
      )}
      {removing.value !== null && (
        <Confirm
          title={`Let nobody sign in with ${removing.value.name}?`}
          act="Remove it"
          onConfirm={() => remove(removing.value as SignInProvider)}
          onClose={() => (removing.value = null)}
        >
          <p>Everybody who signed in there is out at once. Their conversations stay theirs.</p>
        </Confirm>
      )}
    </>
  );
}

function Lines({ lines, onRemove }: { lines: SignInProvider[]; onRemove: (line: SignInProvider) => void }) {
  if (lines.length === 0)
    return <p class="quiet-words">No provider yet: the chat offers no sign-in of its own.</p>;
  return (
    <ul class="key-lines">
      {lines.map((line) => (
        <li key={line.id}>
          <div class="key-words">
            <p>
              <strong>
                <bdi>{line.name}</bdi>
              </strong>
            </p>
            <p class="hint">
              <bdi>{line.issuer}</bdi> ·{" "}
              {line.last_used_at === null ? (
                "never used"
              ) : (
                <>
                  last used <Time at={line.last_used_at} as="ago" />
                </>
              )}
            </p>
            {line.fault !== null && (
              <p class="fault">
                <Icon name="alert" size={16} />
                <span>
                  <Worded words={`The last sign-in failed. ${line.fault}`} />
                </span>
              </p>
            )}
          </div>
          <button type="button" class="quiet" aria-haspopup="dialog" onClick={() => onRemove(line)}>
            Remove <span class="unseen">{line.name}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

interface AddProps {
  signIns: SignInProviders;
  redirectUri: string;
  onAdded: (name: string) => void;
}

function AddProvider({ signIns, redirectUri, onAdded }: AddProps) {
  const refusal = useSignal<Refused | null>(null);
  const busy = useSignal(false);
  const add = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const form = event.currentTarget;
    const said = (name: string) => String(new FormData(form).get(name)).trim();
    const client_secret = said("client_secret");
    const asked = { name: said("name"), issuer: said("issuer"), client_id: said("client_id") };
    busy.value = true;
    refusal.value = null;
    try {
      await signIns.add(client_secret === "" ? asked : { ...asked, client_secret });
      form.reset();
      onAdded(asked.name);
    } catch (trouble) {
      refusal.value = asRefused(trouble);
    } finally {
      busy.value = false;
    }
  };
  return (
    <section aria-labelledby="add-provider">
      <h2 id="add-provider">Add a provider</h2>
      <p class="hint">The provider must know this address to return to, letter by letter:</p>
      <CopyBlock name="address to return to" words={redirectUri} />
      <form onSubmit={add}>
        <label for="provider-name">What people read: Sign in with …</label>
        <input id="provider-name" name="name" required maxLength={64} autocomplete="off" />
        <label for="provider-issuer">Issuer</label>
        <input
          id="provider-issuer"
          name="issuer"
          type="url"
          required
          maxLength={2_000}
          autocomplete="off"
          placeholder="https://login.example.com"
          aria-describedby="provider-issuer-hint"
        />
        <p id="provider-issuer-hint" class="hint">
          What the provider calls itself. What it says of itself is read there at once.
        </p>
        <label for="provider-client">Client id</label>
        <input id="provider-client" name="client_id" required maxLength={255} autocomplete="off" />
        <label for="provider-secret">Client secret, if it has one</label>
        <input
          id="provider-secret"
          name="client_secret"
          type="password"
          maxLength={255}
          autocomplete="off"
          aria-describedby="provider-secret-hint"
        />
        <p id="provider-secret-hint" class="hint">
          It is kept sealed, and never shown again.
        </p>
        {refusal.value !== null && <Trouble refusal={refusal.value} />}
        <button type="submit" class="primary" disabled={busy.value}>
          Add the provider
        </button>
      </form>
    </section>
  );
}
