import type { AuditFilter, AuditOutcome } from "../../db/console/list-audit-events";

export const outcomes = ["done", "refused", "failed", "intent"] as const satisfies readonly AuditOutcome[];

export type TrailSearch = {
  filter: AuditFilter;
  beforeId?: number;
  /** Null where the URL names an event that cannot be. */
  eventId?: number | null;
};

const longestText = 200;

/** What the URL of the audit page asks for; what it cannot mean is left out. */
export function readTrailSearch(search: URLSearchParams): TrailSearch {
  const outcome = outcomes.find((known) => known === search.get("outcome"));
  const event = search.get("event");
  return {
    filter: {
      action: textOf(search, "action"),
      person: textOf(search, "person"),
      outcome,
      text: textOf(search, "text"),
    },
    beforeId: idOf(search.get("before")) ?? undefined,
    eventId: event === null ? undefined : idOf(event),
  };
}

export function isFiltered({ action, person, outcome, text }: AuditFilter): boolean {
  return Boolean(action || person || outcome || text);
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

function idOf(text: string | null): number | null {
  const id = Number(text);
  return text !== null && /^\d{1,15}$/.test(text) && id > 0 ? id : null;
}
