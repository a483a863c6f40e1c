const formats = new Map<string, Intl.DateTimeFormat>();

/** "Mon 23 Nov 23:20", with `hasYear` "Mon 23 Nov 2026 23:20", as clocks in `zone` show it. */
export function tellInstant(at: Date, zone: string, { hasYear = false } = {}): string {
  const key = `${zone} ${hasYear}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      weekday: "short",
      day: "numeric",
      month: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
      ...(hasYear ? { year: "numeric" } : {}),
    });
    formats.set(key, format);
  }
  return format.format(at).replaceAll(",", "");
}

/** "8 h 40 min", "11 h", "25 min": whole minutes, rounded down unless `isUp`. */
export function tellDuration(seconds: number, { isUp = false } = {}): string {
  const minutes = isUp ? Math.ceil(seconds / 60) : Math.floor(seconds / 60);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}
