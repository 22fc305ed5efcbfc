import type { View } from "../places";

export const VIEW_NAMES: Record<View, string> = {
  mine: "Mine",
  unassigned: "Unassigned",
  all: "All",
  closed: "Closed",
  blocked: "Blocked",
};

export const NOTHING_IN: Record<View, string> = {
  mine: "Nothing is assigned to you. Take a conversation from Unassigned.",
  unassigned: "Every open conversation has somebody who looks after it.",
  all: "No open conversations. New ones appear here by themselves.",
  closed: "No conversation was closed yet.",
  blocked: "Nobody is blocked. What the blocked write stands here, and they are told nothing of it.",
};
