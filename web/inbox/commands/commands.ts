import { go, path } from "../address";
import { focusComposer, focusSearch, goBack, moveInList } from "../focus";
import { pathTo, pathToSetting, SETTINGS, settingAt, VIEWS, type View } from "../places";
import { provedIdentitiesOf } from "../store/addressee";
import { signOut } from "../store/app";
import type { Desk, Sheet } from "../store/desk";
import type { Mode } from "../store/drafts";
import { SETTING_NAMES } from "../words/settings";
import { VIEW_NAMES } from "../words/views";

/** Something a teammate can do from the keyboard: by its key, or by its words in the palette. */
export interface Command {
  words: string;
  key?: string;
  /** Again and again while its key is held down. */
  repeats?: boolean;
  run: () => void;
}

/** What can be done now, most wanted first. */
export function commandsOf(desk: Desk): Command[] {
  return [...threadCommands(desk), ...placeCommands(desk), ...assignCommands(desk), ...otherCommands(desk)];
}

/** Moves that make no sense in the palette. */
export function movesOf(desk: Desk): Command[] {
  return [
    ...(settingAt(path.peek()) === null ? MOVES_IN_LIST : []),
    { words: "Command palette", key: "Ctrl K", run: () => show(desk, "palette") },
    { words: "Back", key: "Escape", run: () => goBack(desk) },
  ];
}

const MOVES_IN_LIST: readonly Command[] = [
  { words: "Next conversation", key: "j", repeats: true, run: () => moveInList(1) },
  { words: "Previous conversation", key: "k", repeats: true, run: () => moveInList(-1) },
];

function threadCommands(desk: Desk): Command[] {
  const thread = desk.thread.peek();
  const conversation = thread?.detail.value.peek();
  if (!thread || !conversation) return [];
  const open = conversation.state === "open";
  return [
    { words: "Reply", key: "r", run: () => write(desk, thread.id, "public") },
    { words: "Write a note", key: "n", run: () => write(desk, thread.id, "note") },
    open
      ? { words: "Close the conversation", key: "e", run: () => void desk.close(conversation) }
      : { words: "Reopen the conversation", key: "e", run: () => void desk.reopen(conversation) },
    { words: "Why does this contact see what it sees?", key: "w", run: () => show(desk, "why") },
    ...userCommands(desk),
  ];
}

function userCommands(desk: Desk): Command[] {
  const person = desk.thread.peek()?.person.value.peek();
  if (!person || provedIdentitiesOf(person).length === 0) return [];
  return [{ words: "Sign this user out everywhere", run: () => show(desk, "sign-out") }];
}

const placeCommands = (desk: Desk): Command[] => [
  ...VIEWS.map((view) => ({ words: `Go to ${VIEW_NAMES[view]}`, run: () => goToView(desk, view) })),
  ...SETTINGS.map((setting) => ({
    words: `Go to ${SETTING_NAMES[setting]}`,
    run: () => go(pathToSetting(setting)),
  })),
  { words: "Search", key: "/", run: () => focusSearch(desk) },
];

function assignCommands(desk: Desk): Command[] {
  const conversation = desk.thread.peek()?.detail.value.peek();
  if (!conversation) return [];
  const others = desk.me.teammates.filter(({ id }) => id !== desk.me.teammate.id);
  return [
    { words: "Assign to me", key: "m", run: () => void desk.assign(conversation, desk.me.teammate.id) },
    ...others.map(({ id, name }) => ({
      words: `Assign to ${name}`,
      run: () => void desk.assign(conversation, id),
    })),
    { words: "Assign to nobody", run: () => void desk.assign(conversation, null) },
  ];
}

const otherCommands = (desk: Desk): Command[] => [
  { words: "Show the keys", key: "?", run: () => show(desk, "keys") },
  { words: "Sign out", run: () => void signOut(desk) },
];

function write(desk: Desk, conversation: string, mode: Mode): void {
  desk.drafts.turnTo(conversation, mode);
  focusComposer();
}

/** What was searched for stands in place of any view. */
function goToView(desk: Desk, view: View): void {
  desk.lists.searchFor("");
  go(pathTo(view));
}

function show(desk: Desk, sheet: Sheet): void {
  desk.sheet.value = sheet;
}

/** Those whose words hold each word that was typed. */
export function matching(commands: readonly Command[], typed: string): Command[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return commands.filter(({ words }) => wanted.every((word) => words.toLowerCase().includes(word)));
}
