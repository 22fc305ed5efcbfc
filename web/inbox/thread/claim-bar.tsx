import type { TeamConversationDetail } from "../../protocol/wire";
import { focusComposer } from "../focus";
import { Icon } from "../parts/icon";
import type { Desk } from "../store/desk";
import { counted, isUnproved } from "../words/people";

const ASK_FOR_PROOF =
  "Could you sign in on our website and write to me from there? Then I can see that it is you, and help you with your account.";

interface Props {
  desk: Desk;
  conversation: TeamConversationDetail;
}

/** Stands above each conversation in which nobody proved who is writing. */
export function ClaimBar({ desk, conversation }: Props) {
  if (!isUnproved(conversation.assurance)) return null;
  const askForProof = () => {
    desk.drafts.append(conversation.id, "public", ASK_FOR_PROOF);
    focusComposer();
  };
  return (
    <aside class="claim-bar" aria-label="Not proved">
      <Icon name="unproved" />
      <p>
        <b>Nobody proved who this is.</b> <WhatIsClaimed {...conversation} />
      </p>
      {conversation.audience.reach !== "nobody" && (
        <button type="button" class="quiet" onClick={askForProof}>
          Ask them to prove it
        </button>
      )}
    </aside>
  );
}

function WhatIsClaimed({ contact, same_claim_users }: TeamConversationDetail) {
  const claim = contact.claimed_email ?? contact.claimed_name;
  if (claim === null) return <>They said nothing of themselves.</>;
  const users = counted(same_claim_users, "proved user", "proved users");
  return (
    <>
      They say they are <bdi>{claim}</bdi>
      {same_claim_users > 0 ? `, an address of ${users}. Do not answer with that person's data.` : "."}
    </>
  );
}
