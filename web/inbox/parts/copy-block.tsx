import { useSignal } from "@preact/signals";

/** Words to take elsewhere, and a button that takes them. */
export function CopyBlock({ name, words }: { name: string; words: string }) {
  const copied = useSignal(false);
  const copy = async () => {
    await navigator.clipboard.writeText(words);
    copied.value = true;
    setTimeout(() => {
      copied.value = false;
    }, 2_000);
  };
  return (
    <figure class="copy-block">
      <figcaption>{name}</figcaption>
      <pre>{words}</pre>
      <button type="button" class="quiet" onClick={copy} aria-label={`Copy the ${name}`}>
        {copied.value ? "Copied" : "Copy"}
      </button>
      <span class="unseen" role="status">
        {copied.value ? `The ${name} is copied.` : ""}
      </span>
    </figure>
  );
}
