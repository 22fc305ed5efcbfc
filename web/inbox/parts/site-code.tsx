import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { SiteSnippet } from "../../protocol/wire";
import type { Desk } from "../store/desk";
import { chooseLanguage, chosenLanguage, isAbout } from "../words/languages";
import { CopyBlock } from "./copy-block";
import { Skeleton } from "./skeleton";
import { Trouble } from "./trouble";

interface Props {
  desk: Desk;
  /** What was wrong with a token: the lines that are about it are marked. */
  reason: string | null;
}

/** How the site signs who its users are, in the language that its developer writes. */
export function SiteCode({ desk, reason }: Props) {
  const { value, trouble } = desk.snippets;
  const load = () => {
    if (value.peek() === null) void desk.snippets.refresh();
  };
  return (
    <details class="site-code" onToggle={load}>
      <summary>The code for your developer</summary>
      {trouble.value !== null && <Trouble refusal={trouble.value} retry={() => desk.snippets.refresh()} />}
      {value.value === null && trouble.value === null && <Skeleton words="Loading the code" lines={4} />}
      {value.value !== null && <Languages snippets={value.value.items} reason={reason} />}
    </details>
  );
}

function Languages({ snippets, reason }: { snippets: SiteSnippet[]; reason: string | null }) {
  const chosen = useSignal(chosenLanguage());
  const shown = snippets.find(({ name }) => name === chosen.value) ?? snippets[0];
  useEffect(() => {
    if (chosen.value !== null) chooseLanguage(chosen.value);
  }, [chosen.value]);
  if (shown === undefined) return null;
  return (
    <>
      <label>
        Your site is written in{" "}
        <select
          value={shown.name}
          onChange={({ currentTarget }) => {
            chosen.value = currentTarget.value;
          }}
        >
          {snippets.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      {shown.blocks.map(({ code }, index) => (
        <CopyBlock
          key={code}
          name={nameOf(shown, index)}
          words={code}
          isMarked={(line) => isAbout(line, reason)}
        />
      ))}
    </>
  );
}

const nameOf = ({ name, blocks }: SiteSnippet, index: number): string =>
  blocks.length === 1 ? `${name} code` : `${name} code, ${index + 1} of ${blocks.length}`;
