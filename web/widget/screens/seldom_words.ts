/** What few people read, beside the parts of the panel that say it. */

export const addresses = "My other addresses";
export const addressApart = "They are two again. What the other one wrote is no longer shown here.";
export const addressAsk = "Prove another address of yours by a code, to see its conversations here as well.";
export const addressLinked = "It is done. Its conversations are shown here, too.";
export const addressNone = "There is nothing to add from that address.";
export const addressNot = "No";
export const addressPart = "Part it";
export const addressParted = "Whoever proves one of the two reads what both wrote, until you part them.";
export const addressRefused = "That address can't be added: the site knows this account by another one.";
export const addressYes = "Yes, they are mine";
export const codeAgain = "Send another code";
export const codeElse = "Another address";
export const codeEmail = "Your e-mail";
export const codeGive = "Continue";
export const codeLabel = "Six-digit code";
export const codeSend = "Send the code";
export const codeSent = "If that address can receive mail, a code is on its way.";
export const codeWrong = "That code is not right, or no longer. Ask for a new one.";
export const close = "Close";
export const connecting = "One moment…";
export const devices = "Where I am signed in";
export const deviceElse = "A browser";
export const deviceEnd = "Sign out";
export const deviceEnded = "That browser is signed out.";
export const deviceSite = "Where you are still signed in to the website, the chat opens again with it.";
export const deviceThis = "This one";
export const offerAsk = "Keep it in the account of";
export const offerAskWhich = "Which of these do you want to keep in the account of";
export const offerChoose = "Choose what is yours, or answer that nothing is.";
export const offerFirstLine = "Show its first line";
export const offerKeep = "Keep it";
export const offerKeepChosen = "Keep what I chose";
export const offerNotMine = "Not mine";
export const offerNothingMine = "Nothing is mine";
export const offerRest = "What you don't keep is not shown here again.";
export const offerShared = "If other people use this computer, keep only what is yours.";
export const offerTitle = "Written before you signed in";
export const offerWhat = "You wrote in this chat before you signed in";
export const readings = "Who read your conversations";
export const readingsEarlier = "An earlier conversation";
export const readingsNone = "Nobody but you, here.";
export const readingsWhat = "What you read here and now is left out.";
export const readingsBy = {
  you: "You, elsewhere or before",
  team: "The team",
  program: "A program of the team",
  operator: "Who runs this chat",
};
export const shared = "This is a shared computer";
export const sharedDone = "Then nobody who signs in here later is asked about this chat.";
export const whyLocked =
  "Anybody can type a name or an e-mail address. Past conversations open only to the person who proved, by " +
  "signing in, that they are theirs. This keeps your words from others who use this device, and from all who " +
  "know your address.";
export const writtenSince = "Something was written there since, so it stays.";
export const addressQuestion = (many: number, account: string) =>
  `Also show ${many === 0 ? "what is written" : many === 1 ? "the conversation" : `the ${many} conversations`} of ${account} here?`;
export const deviceTimes = (since: string, seen: string) => `Since ${since}, last seen ${seen}`;
export const readingsTimes = (times: number, last: string) =>
  times === 1 ? `once, ${last}` : `${times} times, last ${last}`;
export const kept = (many: number) =>
  many === 1 ? "It is kept in your account." : `${many} conversations are kept in your account.`;
