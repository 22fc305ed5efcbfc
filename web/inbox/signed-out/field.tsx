import { useId, useLayoutEffect, useRef } from "preact/hooks";

interface Props {
  label: string;
  name: string;
  type?: "text" | "email" | "password" | "url";
  autocomplete?: string;
  autofocus?: boolean;
  hint?: string;
  placeholder?: string;
  minLength?: number;
}

/** A labelled field that has to be filled in. */
export function Field({ label, name, type = "text", autocomplete = "off", autofocus, hint, ...rest }: Props) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  // With its first picture, and not after it: whoever types in another field at once would go on in this one.
  useLayoutEffect(() => {
    if (autofocus) input.current?.focus();
  }, [autofocus]);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        ref={input}
        id={id}
        name={name}
        type={type as "text"}
        autocomplete={autocomplete}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        required
        {...rest}
      />
      {hint !== undefined && (
        <p id={`${id}-hint`} class="hint">
          {hint}
        </p>
      )}
    </div>
  );
}

export const answerIn = (form: HTMLFormElement, name: string): string =>
  String(new FormData(form).get(name) ?? "");
