import { stamp } from "../times";

/** "today 14:02". */
export const midSentence = (time: string) =>
  stamp(time).replace(/^(Today|Yesterday)/, (day) => day.toLowerCase());
