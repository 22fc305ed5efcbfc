import type { OfferedConversation } from "../../protocol/wire";
import { stamp } from "../times";

/** "today 14:02, on /pricing". */
export function whenAndWhere({ started_at, page }: OfferedConversation): string {
  const when = stamp(started_at).replace(/^(Today|Yesterday)/, (day) => day.toLowerCase());
  return page === null ? when : `${when}, on ${path(page)}`;
}

function path(page: string): string {
  try {
    return new URL(page).pathname;
  } catch {
    return page;
  }
}
