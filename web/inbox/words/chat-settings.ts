/** A setting in plain words: what it is, what its answers mean, and what happens to people when it is changed. */
export interface SettingWords {
  title: string;
  hint?: string;
  choices?: Readonly<Record<string, string>>;
  /** Asked before a change that reaches people who are in the chat now. */
  consequence?: string;
}

const NEXT_REQUEST = "It holds from their next request on, for people who are in the chat now as well.";

export const SETTING_WORDS: Readonly<Record<string, SettingWords>> = {
  history_from: {
    title: "Past conversations open to",
    choices: {
      signed: "people who are signed in",
      mailbox: "people who are signed in or proved their mailbox",
      legacy: "people who are signed in, proved their mailbox or came with an old hash",
    },
    consequence: `Who proved less sees no past conversation; who proved enough sees their own. ${NEXT_REQUEST}`,
  },
  least_to_write: {
    title: "Writing is open to",
    choices: {
      none: "everybody",
      mailbox: "people who are signed in or proved their mailbox",
      signed: "people who are signed in",
    },
    consequence: `Who proved less can write nothing, and is told how to prove who they are. ${NEXT_REQUEST}`,
  },
  adopt: {
    title: "Somebody who wrote before they signed in",
    hint: "They decide for each conversation whether it becomes part of their history.",
    choices: {
      ask: "is asked whether it was them",
      always: "is asked, with all of it ticked and a word about shared computers",
      never: "is not asked: it stays apart",
    },
  },
  adoption_days: {
    title: "Days in which that may still be asked",
    hint:
      "0 to 14, once the chat has closed by itself. The browser keeps a ticket that opens nothing, and the first " +
      "who signs in there is asked. With 0 nobody is. Where people share computers, leave it at 0.",
  },
  codes: {
    title: "Codes by mail",
    hint: "Visitors can prove their mailbox with six digits that the chat mails them.",
    choices: { on: "on", off: "off" },
  },
  sign_in_url: {
    title: "Your sign-in page",
    hint: "The locked panel leads there. An address, or: none",
  },
  greeting: { title: "Greeting", hint: "The chat's first line, of 200 characters at most." },
  accent: { title: "Colour", hint: "Such as #2f4b8f." },
  idle: {
    title: "Minutes until a visitor's chat closes",
    hint: "5 to 1440, counted from their last sign of life.",
  },
  proof_max_age: {
    title: "Minutes that a signed token lasts at most",
    hint: "1 to 60. A shorter time in the token itself stays.",
  },
  once_only: {
    title: "Each signed token is taken",
    hint: "Once needs a jti in each token.",
    choices: { on: "once", off: "until it expires" },
  },
};
