let ahead = 0;

/** A device's clock may be wrong by hours, so times of the server are measured by the server's own. */
export function hearServerTime(header: string | null): void {
  const said = Date.parse(header ?? "");
  if (!Number.isNaN(said)) ahead = said - Date.now();
}

export const untilServerTime = (time: string) => Math.max(0, Date.parse(time) - Date.now() - ahead);
