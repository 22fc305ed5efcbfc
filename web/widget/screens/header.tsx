import type { ComponentChildren } from "preact";
import { host } from "../desk";
import * as words from "../words";
import { CloseIcon } from "./icons";

export function Header({ children }: { children: ComponentChildren }) {
  return (
    <header>
      {children}
      <button type="button" class="quiet" aria-label={words.close} onClick={() => host.tell("hide")}>
        <CloseIcon />
      </button>
    </header>
  );
}
