import type { OfferedConversation } from "../../protocol/wire";
import { midSentence } from "./mid_sentence";

/** "today 14:02, on /pricing". */
export function whenAndWhere({ started_at, page }: OfferedConversation, said = midSentence): string {
  const when = said(started_at);
  return page === null ? when : `${when}, on ${path(page)}`;
}

function path(page: string): string {
  try {
    return new URL(page).pathname;
  } catch {
    return page;
  }
}
