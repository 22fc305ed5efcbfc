import { Skeleton } from "../parts/skeleton";
import { Trouble } from "../parts/trouble";
import type { Desk } from "../store/desk";
import type { Thread } from "../store/thread";
import { ClaimBar } from "./claim-bar";
import { Composer } from "./composer";
import { Messages } from "./messages";
import { BackButton, ThreadHead } from "./thread-head";

export function ThreadPane({ desk, thread }: { desk: Desk; thread: Thread }) {
  const conversation = thread.detail.value.value;
  const refusal = thread.detail.trouble.value ?? thread.trouble.value;
  return (
    <main class="thread">
      {conversation ? <ThreadHead desk={desk} conversation={conversation} /> : <BackButton desk={desk} />}
      {refusal !== null && <Trouble refusal={refusal} retry={() => thread.load()} />}
      {conversation && <ClaimBar desk={desk} conversation={conversation} />}
      {thread.loaded.value && conversation ? (
        <Messages desk={desk} thread={thread} />
      ) : (
        refusal === null && <Skeleton words="Loading the conversation" lines={6} />
      )}
      {conversation && <Composer desk={desk} thread={thread} conversation={conversation} />}
    </main>
  );
}
