import { useSignalEffect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { path } from "./address";
import { Keys } from "./commands/keys";
import { listenForKeys } from "./commands/listen";
import { Palette } from "./commands/palette";
import { ListPane } from "./list/list-pane";
import { Trouble } from "./parts/trouble";
import { BlockDialog, RetireDialog } from "./person/endings";
import { PersonPane } from "./person/person-pane";
import { SignOutDialog } from "./person/sign-out-everywhere";
import { StartDialog } from "./person/start-dialog";
import { WhyDialog } from "./person/why-dialog";
import { settingAt } from "./places";
import { SettingsScreen } from "./settings/settings-screen";
import type { Desk } from "./store/desk";
import { NoThread } from "./thread/no-thread";
import { ThreadPane } from "./thread/thread-pane";

export function DeskScreen({ desk }: { desk: Desk }) {
  useEffect(() => listenForKeys(desk), [desk]);
  useSignalEffect(() => {
    document.title = pageTitle(desk);
  });
  const setting = settingAt(path.value);
  return (
    <>
      {setting === null ? <Conversations desk={desk} /> : <SettingsScreen desk={desk} setting={setting} />}
      <Notices desk={desk} />
      <Sheets desk={desk} />
    </>
  );
}

/** List, thread and person beside each other; on a narrow screen the one that the teammate is at. */
function Conversations({ desk }: { desk: Desk }) {
  const thread = desk.thread.value;
  const at = thread === null ? "list" : desk.personShown.value ? "person" : "thread";
  return (
    <div class={`desk at-${at}`}>
      <ListPane desk={desk} />
      {thread === null ? <NoThread /> : <ThreadPane key={thread.id} desk={desk} thread={thread} />}
      {thread !== null && <PersonPane key={`person-${thread.id}`} desk={desk} thread={thread} />}
    </div>
  );
}

/** How many conversations wait, and no word of any: other windows and screenshots show a page's title. */
function pageTitle({ lists, me }: Desk): string {
  const waiting = lists.of("all").items.value.filter(({ unread }) => unread > 0).length;
  return `${waiting > 0 ? `(${waiting}) ` : ""}Inbox · ${me.workspace.name}`;
}

function Notices({ desk }: { desk: Desk }) {
  const refusal = desk.trouble.value;
  return (
    <div class="notices">
      {!desk.stream.connected.value && (
        <p class="notice-pill" role="status">
          No connection. Trying again …
        </p>
      )}
      {refusal !== null && <Trouble refusal={refusal} dismiss={() => (desk.trouble.value = null)} />}
    </div>
  );
}

function Sheets({ desk }: { desk: Desk }) {
  const close = () => {
    desk.sheet.value = null;
  };
  const thread = desk.thread.value;
  switch (desk.sheet.value) {
    case "keys":
      return <Keys desk={desk} onClose={close} />;
    case "palette":
      return <Palette desk={desk} onClose={close} />;
    case "why":
      return thread && <WhyDialog desk={desk} thread={thread} onClose={close} />;
    case "block":
      return thread && <BlockDialog desk={desk} thread={thread} onClose={close} />;
    case "retire":
      return thread && <RetireDialog desk={desk} thread={thread} onClose={close} />;
    case "sign-out":
      return thread && <SignOutDialog desk={desk} thread={thread} onClose={close} />;
    case "start":
      return thread && <StartDialog desk={desk} thread={thread} onClose={close} />;
    case null:
      return null;
  }
}
