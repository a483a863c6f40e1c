/** A spreadsheet runs a cell that begins so; the wide forms stand for the same to some. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/;

/** One cell by RFC 4180. What a spreadsheet would run as a formula gets a leading apostrophe and stays text. */
export function csvCell(value: string | number): string {
  const text = typeof value === "number" ? String(value) : formula.test(value) ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

/** Without it Excel takes UTF-8 for the code page of the machine. */
export const byteOrderMark = "\uFEFF";

const formats = new Map<string, Intl.DateTimeFormat>();

/** 2026-10-25T02:30:00+01:00: local time and its offset, so that the hour that comes twice is told apart. */
export function isoInZone(at: Date, zone: string): string {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("sv-SE", {
      timeZone: zone,
      dateStyle: undefined,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      timeZoneName: "longOffset",
    });
    formats.set(zone, format);
  }
  const [, day, time, offset] = format.format(at).match(/^(\S+) (\S+) GMT(.*)$/) ?? [];
  return `${day}T${time}${offset?.replace("\u2212", "-") || "+00:00"}`; // Swedish has a minus that is no hyphen
}
