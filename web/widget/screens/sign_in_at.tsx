import { useEffect, useRef, useState } from "preact/hooks";
import { config } from "../config";
import { reception } from "../desk";
import { SignIn } from "../sign_in";
import type { Visit } from "../visit";

const words = {
  blocked: "Your browser kept the window closed. Allow it, and try again.",
  closed: "The window was closed before you had signed in. You can try again.",
  failed: "We couldn't confirm your sign-in. You can try again, and still write to us.",
  signInWith: "Sign in with",
  waits: "Go on in the window that has opened.",
};

/** The company's providers, for a page that can't say who is there. */
export function SignInAt({ visit }: { visit: Visit }) {
  const [said, say] = useState("");
  const begun = useRef<SignIn | null>(null);
  useEffect(() => () => begun.current?.giveUp(), []);
  const begin = async (provider: string) => {
    begun.current?.giveUp();
    // By the click itself, as browsers ask for: where it leads is known later.
    const popup = open("about:blank", "_blank", "popup,width=480,height=680");
    if (popup === null) return say(words.blocked);
    const signIn = new SignIn(provider, popup, () => say(words.closed));
    begun.current = signIn;
    say(words.waits);
    try {
      const told = await signIn.at(await visit.seated());
      await reception.rise("signed", (api) => signIn.enter(api, told));
    } catch {
      if (begun.current === signIn) say(words.failed);
    }
    signIn.giveUp();
  };
  return (
    <div class="sign-ins">
      {config.sign_ins.map(({ id, name }) => (
        <button key={id} type="button" onClick={() => begin(id)}>
          {words.signInWith} <bdi>{name}</bdi>
        </button>
      ))}
      <p class="quiet-text" role="status">
        {said}
      </p>
    </div>
  );
}
