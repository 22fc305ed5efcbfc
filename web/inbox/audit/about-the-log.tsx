import { CopyBlock } from "../parts/copy-block";

/** What the log is, and how whoever runs Privity finds out that it was left as it was. */
export function AboutTheLog() {
  return (
    <>
      <p class="quiet-words">
        Who was proved or refused, who read which conversation, and what was changed, the newest first. It
        holds random ids and not a word of what was said. That you read it is in it, too.
      </p>
      <details class="verifying">
        <summary>How the log is verified</summary>
        <p>
          Each minute, what happened is sealed. A seal is signed and names the one before it: whatever is
          altered, taken out or slipped in afterwards is found. Whoever runs Privity looks with this command.
        </p>
        <CopyBlock name="command that verifies" words="privity audit verify" />
        <p>
          Whoever has the server in their hands could seal the whole log anew. So keep its roots where they
          can't reach: with you, on paper, in another company. Later the log is verified against them.
        </p>
        <CopyBlock
          name="commands for the roots"
          words={"privity audit export-roots > roots.json\nprivity audit verify --root roots.json"}
        />
      </details>
    </>
  );
}
