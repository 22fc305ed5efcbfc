import { useEffect, useRef } from "preact/hooks";
import { isComposing } from "../../protocol/composing";
import { SEARCH } from "../focus";
import { Icon } from "../parts/icon";
import type { Desk } from "../store/desk";

const PAUSE = 250;

/** Searches when the typing rests; Esc gives the list back. */
export function SearchBox({ desk }: { desk: Desk }) {
  const resting = useRef(0);
  useEffect(() => () => clearTimeout(resting.current), []);

  const searchSoon = (words: string) => {
    clearTimeout(resting.current);
    desk.lists.words.value = words;
    resting.current = setTimeout(() => desk.lists.searchFor(desk.lists.words.peek()), PAUSE);
  };
  const leave = (event: KeyboardEvent & { currentTarget: HTMLInputElement }) => {
    if (event.key !== "Escape" || isComposing(event)) return;
    event.preventDefault();
    clearTimeout(resting.current);
    desk.lists.searchFor("");
    event.currentTarget.blur();
  };

  return (
    <search class="search-box">
      <Icon name="search" size={16} />
      <input
        id={SEARCH}
        type="search"
        aria-label="Search conversations"
        placeholder="Search"
        autocomplete="off"
        value={desk.lists.words.value}
        onInput={(event) => searchSoon(event.currentTarget.value)}
        onKeyDown={leave}
      />
    </search>
  );
}
