const ENDS: Record<string, string> = {
  ended: "the chat was ended",
  key_revoked: "its key was revoked",
  legacy_off: "its old hashes were switched off",
  retired: "its user was retired",
  rise: "it went on as a proved one",
  signed_out: "signed out",
  teammate: "a teammate ended it",
  token_spent: "signed out elsewhere",
};

/** Why a session is over, in words; a reason that is new here is shown as it is. */
export const endOf = (reason: string): string => ENDS[reason] ?? reason.replaceAll("_", " ");
