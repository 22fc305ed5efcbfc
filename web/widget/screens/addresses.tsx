import { useEffect, useState } from "preact/hooks";
import { Refused } from "../../protocol/problem";
import type { Link, LinkQuestion } from "../../protocol/wire";
import type { Visit } from "../visit";
import * as words from "../words";
import { CodeByMail } from "./code_by_mail";
import { inherit } from "./inherit";
import * as seldom from "./seldom_api";
import * as seldomWords from "./seldom_words";
import { Sheet } from "./sheet";

/** Another mailbox of the same person: proved by a code, asked about, and joined with what they have proved already. */
export function Addresses({ visit, onClose }: { visit: Visit; onClose: () => void }) {
  const [links, show] = useState<Link[]>([]);
  const [question, put] = useState<LinkQuestion | null>(null);
  const [said, say] = useState("");
  const attempt = (act: Promise<void>) => {
    act.catch(() => say(words.failed));
  };
  const look = async () => show((await seldom.links(visit.api)).items);
  useEffect(() => attempt(look()), [visit]);

  const prove = async (code: string) => {
    say("");
    try {
      put(await seldom.proveBeside(visit.api, code));
    } catch (error) {
      if (!isConflict(error)) throw error;
      say(seldomWords.addressNone);
    }
  };
  const agree = async (account: string) => {
    put(null);
    try {
      show((await seldom.agree(visit.api, account)).items);
      say(seldomWords.addressLinked);
      await visit.reload();
    } catch (error) {
      say(isConflict(error) ? seldomWords.addressRefused : words.failed);
    }
  };
  const part = async (link: Link) => {
    say("");
    await seldom.part(visit.api, link.id);
    await Promise.all([look(), visit.reload()]);
    say(seldomWords.addressApart);
  };

  return (
    <Sheet title={seldomWords.addresses} onClose={onClose} asks={question !== null}>
      {links.length > 0 && <Linked links={links} onPart={(link) => attempt(part(link))} />}
      {said && (
        <p ref={inherit} tabIndex={-1} role="status">
          {said}
        </p>
      )}
      {question !== null ? (
        <Question question={question} onYes={() => agree(question.account)} onNo={() => put(null)} />
      ) : (
        <>
          <p>{seldomWords.addressAsk}</p>
          <CodeByMail visit={visit} onCode={prove} />
        </>
      )}
    </Sheet>
  );
}

function Question({
  question,
  onYes,
  onNo,
}: {
  question: LinkQuestion;
  onYes: () => void;
  onNo: () => void;
}) {
  return (
    <>
      <p ref={inherit} tabIndex={-1}>
        {seldomWords.addressQuestion(question.conversations, question.account)}
      </p>
      <p class="quiet-text">{seldomWords.addressParted}</p>
      <div class="row end">
        <button type="button" class="button" onClick={onNo}>
          {seldomWords.addressNot}
        </button>
        <button type="button" class="button primary" onClick={onYes}>
          {seldomWords.addressYes}
        </button>
      </div>
    </>
  );
}

const Linked = ({ links, onPart }: { links: Link[]; onPart: (link: Link) => void }) => (
  <ul>
    {links.map((link) => (
      <li key={link.id} class="row">
        <p>{link.account}</p>
        <button type="button" class="button" onClick={() => onPart(link)}>
          {seldomWords.addressPart}
        </button>
      </li>
    ))}
  </ul>
);

const isConflict = (error: unknown) => error instanceof Refused && error.status === 409;
