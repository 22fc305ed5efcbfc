import { useEffect, useMemo, useRef } from "preact/hooks";
import type { TokenCheck, TokenExplained } from "../../protocol/wire";
import { Icon, type IconName } from "../parts/icon";
import { SiteCode } from "../parts/site-code";
import { Trouble } from "../parts/trouble";
import { Worded } from "../parts/worded";
import type { Desk } from "../store/desk";
import { Fetched } from "../store/fetched";
import { counted } from "../words/people";
import { partsOf } from "../words/tokens";

interface Explanation {
  token: string;
  explained: TokenExplained;
}

/** What is right and wrong with a token that was pasted. It lives in this form alone, and leaves with it. */
export function TokenDebugger({ desk }: { desk: Desk }) {
  const pasted = useRef("");
  const explanation = useMemo(() => new Fetched(() => explanationOf(desk, pasted.current)), [desk]);
  const explain = (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    pasted.current = String(new FormData(event.currentTarget).get("token")).trim();
    explanation.forget();
    void explanation.refresh();
  };
  const refusal = explanation.trouble.value;
  const explained = explanation.value.value;
  return (
    <>
      <form class="paste" onSubmit={explain}>
        <label for="pasted-token">An identity token, as your site gives it to the page</label>
        <textarea
          id="pasted-token"
          name="token"
          rows={5}
          required
          spellcheck={false}
          autocomplete="off"
          placeholder="eyJ…"
          aria-describedby="pasted-token-hint"
        />
        <p id="pasted-token-hint" class="hint">
          It is looked at and forgotten: neither this page nor the server stores or logs it, and it opens
          nothing.
        </p>
        <button type="submit" class="primary">
          Explain it
        </button>
      </form>
      {refusal !== null && <Trouble refusal={refusal} />}
      {explained !== null && <Explained desk={desk} {...explained} />}
    </>
  );
}

const explanationOf = async (desk: Desk, token: string): Promise<Explanation> => ({
  token,
  explained: await desk.explain(token),
});

function Explained({ desk, token, explained: { accepted, checks } }: Explanation & { desk: Desk }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const faults = checks.filter(({ state }) => state === "wrong");
  return (
    <>
      <section aria-labelledby="verdict">
        <h2 id="verdict" ref={heading} tabIndex={-1} class={accepted ? "proved" : "danger-words"}>
          <Icon name={accepted ? "proved" : "alert"} />
          {accepted
            ? "It proves who they are."
            : `It proves nobody: ${counted(faults.length, "thing is", "things are")} wrong.`}
        </h2>
        <ol class="checks">
          {checks.map((check) => (
            <Check key={check.name} check={check} />
          ))}
        </ol>
      </section>
      {faults.length > 0 && <SiteCode desk={desk} reason={faults[0]?.name ?? null} />}
      <Contents token={token} />
    </>
  );
}

const STATES: Record<TokenCheck["state"], { words: string; icon: IconName; kind: string }> = {
  right: { words: "Right", icon: "yes", kind: "proved" },
  wrong: { words: "Wrong", icon: "alert", kind: "danger-words" },
  unknown: { words: "Hidden", icon: "unproved", kind: "quiet-words" },
};

function Check({ check: { name, state, sentence, remedy } }: { check: TokenCheck }) {
  const { words, icon, kind } = STATES[state];
  return (
    <li>
      <p class={`check-word ${kind}`}>
        <Icon name={icon} size={16} />
        {words}
      </p>
      <p>
        {sentence} <code class="hint">{name}</code>
      </p>
      {remedy !== null && (
        <p class="remedy">
          <Worded words={remedy} />
        </p>
      )}
    </li>
  );
}

/** What the token says of itself, read by this page. Nothing of it counts before the signature does. */
function Contents({ token }: { token: string }) {
  const parts = partsOf(token);
  if (parts === null) return null;
  return (
    <section class="contents" aria-labelledby="contents">
      <h2 id="contents">What it says</h2>
      <Part name="Header" words={parts.header} />
      <Part name="Claims" words={parts.claims} />
    </section>
  );
}

function Part({ name, words }: { name: string; words: string }) {
  return (
    <figure>
      <figcaption>{name}</figcaption>
      <pre>{words}</pre>
    </figure>
  );
}
