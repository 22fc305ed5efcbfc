/** What the panel says, in one place. */
export const words = {
  back: "Back to the start",
  close: "Close chat",
  composer: "Write a message",
  composerHint: "Write a message…",
  connecting: "One moment…",
  cut: "No connection. Trying again…",
  doubted: "We couldn't confirm your sign-in. You can still write to us without your history.",
  emailLabel: "Your e-mail, if you like",
  emailNoted: "Thank you, it is noted.",
  emailWhy: "So that the team can reach you. It doesn't open past conversations.",
  emailWrong: "That doesn't look like an e-mail address.",
  end: "End chat",
  endAsk: "End this chat?",
  endKeep: "Keep chatting",
  endWhat: "What was written here will not be shown here again.",
  ended: "This chat has ended. What was written is no longer shown here.",
  locked: "Past conversations are shown once you sign in.",
  menu: "More",
  notSent: "Not sent.",
  offline: "No connection. We'll send this when you're back.",
  proofNeeded: "Sign in to write to us.",
  signIn: "Sign in",
  signedOut: "You were signed out here to keep your conversations private. Sign in again to see them.",
  somebodyWrites: "An answer is being written…",
  closed: "This conversation is closed. Write, and it opens again.",
  whyLocked:
    "Anybody can type a name or an e-mail address. So past conversations open only to the person who has proved, by " +
    "signing in, that they are theirs. This keeps your words from other people who use this device, and from " +
    "anybody who knows your address.",
  withoutHistory: "Write without my history",
};
