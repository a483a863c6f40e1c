const format = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", weekday: "short", day: "numeric", month: "short" });

/** "Sat 21 Nov" of a local date YYYY-MM-DD. */
export function formatDate(date: string): string {
  const parts = Object.fromEntries(
    format.formatToParts(new Date(`${date}T12:00:00Z`)).map(({ type, value }) => [type, value]),
  );
  return `${parts.weekday} ${parts.day} ${parts.month?.slice(0, 3)}`;
}
