export const defaultZone = "Europe/Amsterdam";

/** minute: 14:02 CET · second: 14:02:11 CET · day: 22 Nov, 14:02 CET · stamp: 22 Nov, 14:02:11 CET · full: Sun 22 Nov 2026, 14:02:11 CET · date: 22 Nov 2026 */
export type InstantStyle = "minute" | "second" | "day" | "stamp" | "full" | "date";

const formats = new Map<string, Intl.DateTimeFormat>();

function partsOf(at: Date, zone: string): Record<Intl.DateTimeFormatPartTypes, string> {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      weekday: "short",
      day: "numeric",
      month: "short",
      year: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
      timeZoneName: "short",
    });
    formats.set(zone, format);
  }
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value])) as Record<
    Intl.DateTimeFormatPartTypes,
    string
  >;
}

/** An instant in `zone`, always with the zone where it has a time. Throws RangeError on an unknown zone. */
export function formatInstant(
  at: Date,
  { zone = defaultZone, style = "day" }: { zone?: string; style?: InstantStyle } = {},
): string {
  const { weekday, day, month, year, hour, minute, second, timeZoneName } = partsOf(at, zone);
  // "Sept" and "Sep" differ between versions of the calendar data.
  const date = `${day} ${month.slice(0, 3)}`;
  const time = `${hour}:${minute}`;
  if (style === "minute") return `${time} ${timeZoneName}`;
  if (style === "second") return `${time}:${second} ${timeZoneName}`;
  if (style === "day") return `${date}, ${time} ${timeZoneName}`;
  if (style === "stamp") return `${date}, ${time}:${second} ${timeZoneName}`;
  if (style === "date") return `${date} ${year}`;
  return `${weekday} ${date} ${year}, ${time}:${second} ${timeZoneName}`;
}

/** "14:00–22:00 CET"; the end carries its date when it falls on another day: "22:00–23 Nov, 06:00 CET". */
export function formatSpan(start: Date, end: Date, zone: string = defaultZone): string {
  const [from, to] = [partsOf(start, zone), partsOf(end, zone)];
  const isSameDay = from.day === to.day && from.month === to.month && from.year === to.year;
  const hasOneOffset = from.timeZoneName === to.timeZoneName;
  const opening = `${from.hour}:${from.minute}${hasOneOffset ? "" : ` ${from.timeZoneName}`}`;
  return `${opening}–${formatInstant(end, { zone, style: isSameDay ? "minute" : "day" })}`;
}

/** CET, CEST, or GMT+3 where the zone has no name. */
export function zoneAbbreviation(at: Date, zone: string = defaultZone): string {
  return partsOf(at, zone).timeZoneName;
}
