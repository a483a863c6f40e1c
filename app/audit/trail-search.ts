import { defaultZone } from "~/ui/format-instant";
import type { AuditFilter, AuditOutcome } from "../../db/console/list-audit-events";
import { dayAfter, startOfDay } from "../../db/rules/shifts/start-of-day";

export const outcomes = ["done", "refused", "failed", "intent"] as const satisfies readonly AuditOutcome[];

export type TrailSearch = {
  filter: AuditFilter;
  /** Days of the console's zone as the URL writes them, both included. */
  from?: string;
  until?: string;
  beforeId?: number;
  /** Null where the URL names an event that cannot be. */
  eventId?: number | null;
};

const longestText = 200;

/** What the URL of the audit page asks for; what it cannot mean is left out. */
export function readTrailSearch(search: URLSearchParams): TrailSearch {
  const outcome = outcomes.find((known) => known === search.get("outcome"));
  const event = search.get("event");
  const from = dayOf(search, "from");
  const until = dayOf(search, "until");
  return {
    from,
    until,
    filter: {
      action: textOf(search, "action"),
      person: textOf(search, "person"),
      outcome,
      text: textOf(search, "text"),
      since: (from && startOfDay(from, defaultZone)) || undefined,
      before: (until && startOfDay(dayAfter(until), defaultZone)) || undefined,
    },
    beforeId: idOf(search.get("before")) ?? undefined,
    eventId: event === null ? undefined : idOf(event),
  };
}

export function isFiltered(filter: AuditFilter): boolean {
  return Object.values(filter).some(Boolean);
}

/** What of the URL cannot be meant, a sentence; a file must not hold other events than were asked for. */
export function complainOf(search: URLSearchParams): string | undefined {
  const { filter, from, until } = readTrailSearch(search);
  const given = { ...filter, from, until };
  const strange = (["action", "person", "outcome", "text", "from", "until"] as const).find(
    (name) => (search.get(name) ?? "").trim() !== "" && !given[name],
  );
  if (strange) return `The parameter ${strange} of the address cannot be read. Set the filter anew.`;
  return from && until && from > until ? `No event can match: from ${from} is after until ${until}.` : undefined;
}

/** The same page with `changes` in its query; null takes a name out. */
export function searchWith(search: URLSearchParams, changes: Record<string, string | number | null>): string {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) next.delete(name);
    else next.set(name, String(value));
  }
  const text = next.toString();
  return text === "" ? "" : `?${text}`;
}

function textOf(search: URLSearchParams, name: string): string | undefined {
  // PostgreSQL refuses a text with a zero byte.
  const text = search.get(name)?.replaceAll("\0", "").trim().slice(0, longestText);
  return text === "" ? undefined : text;
}

/** Undefined also for a day that the calendar does not have. */
function dayOf(search: URLSearchParams, name: string): string | undefined {
  const text = search.get(name) ?? "";
  return startOfDay(text, defaultZone) ? text : undefined;
}

function idOf(text: string | null): number | null {
  const id = Number(text);
  return text !== null && /^\d{1,15}$/.test(text) && id > 0 ? id : null;
}
