const dayMs = 86_400_000;

/** The instant at which the local date `date` (YYYY-MM-DD) begins in `zone`. Null where it is no date. */
export function startOfDay(date: string, zone: string): Date | null {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(midnight)) return null;
  if (new Date(midnight).toISOString().slice(0, 10) !== date) return null;
  const near = midnight - offsetMs(new Date(midnight), zone);
  return new Date(midnight - offsetMs(new Date(near), zone));
}

/** The local date of an instant in `zone`, YYYY-MM-DD. */
export function localDate(at: Date, zone: string): string {
  return formatOf(zone, { timeZone: zone }).format(at);
}

/** The local date after `date`. */
export function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + dayMs).toISOString().slice(0, 10);
}

/** The instant at which clocks in `zone` show `local` (YYYY-MM-DDTHH:MM[:SS]); the first of two. Null where it is none. */
export function localInstant(local: string, zone: string): Date | null {
  const shown = Date.parse(`${local}Z`);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(local) || Number.isNaN(shown)) return null;
  const day = 86_400_000;
  const candidates = [-day, day].map((away) => shown - offsetMs(new Date(shown + away), zone));
  const fitting = candidates.filter((at) => at + offsetMs(new Date(at), zone) === shown);
  return new Date(Math.min(...(fitting.length > 0 ? fitting : candidates)));
}

/** What clocks in `zone` show at an instant, YYYY-MM-DDTHH:MM:SS. */
export function localTime(at: Date, zone: string): string {
  return new Date(Math.floor(at.getTime() / 1000) * 1000 + offsetMs(at, zone)).toISOString().slice(0, 19);
}

function offsetMs(at: Date, zone: string): number {
  const local = formatOf(`${zone} with time`, { timeZone: zone, dateStyle: "short", timeStyle: "medium" }).format(at);
  return Date.parse(`${local.replace(" ", "T")}Z`) - Math.floor(at.getTime() / 1000) * 1000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** To make one takes longer than all the rest. */
function formatOf(key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const format = formats.get(key) ?? new Intl.DateTimeFormat("sv-SE", options);
  formats.set(key, format);
  return format;
}
