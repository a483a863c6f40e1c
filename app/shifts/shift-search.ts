import { dayAfter, localDate, startOfDay } from "../../db/rules/shifts/start-of-day";
import type { ShiftStatus } from "../../db/shifts/shift-filter";
import type { ShiftSort } from "../../db/shifts/shift-order";
import { type ColumnId, columnIds, defaultColumns } from "./shift-columns";

export const statuses = [
  "draft",
  "published",
  "assigned",
  "active",
  "completed",
  "cancelled",
] as const satisfies readonly ShiftStatus[];

const sorts = [
  "id",
  "start",
  "end",
  "status",
  "guard",
  "location",
  "client",
  "rate",
  "updated",
] as const satisfies readonly ShiftSort["by"][];

export const searchZone = "Europe/Amsterdam";

export type ShiftSearch = {
  statuses: ShiftStatus[];
  text: string;
  /** Part of a name, or a number; empty for all. */
  guard: string;
  location: string;
  clientId: number | null;
  companyId: number | null;
  region: string;
  isWithoutGuard: boolean;
  /** Local dates YYYY-MM-DD of the start, both included; empty where the list has no bound. */
  from: string;
  until: string;
  sort: ShiftSort;
  columns: ColumnId[];
  /** Where the page begins or ends, as the URL has it; null for the first page. */
  beside: { side: "after" | "before"; token: string } | null;
  /** What the URL asks for and cannot mean, a sentence each; it was left out. */
  problems: string[];
};

const longestText = 100;
const earliestDate = "2000-01-01";
const latestDate = "2100-12-31";

/**
 * What the URL of the shifts asks for; what it cannot mean is left out and told. Where nothing is asked for but an
 * order by start, the list begins today.
 */
export function readShiftSearch(params: URLSearchParams, asOf: Date): ShiftSearch {
  const problems: string[] = [];
  const sort = readSort(params, problems);
  const search = {
    statuses: readStatuses(params, problems),
    text: readText(params, "text"),
    guard: readText(params, "guard"),
    location: readText(params, "location"),
    clientId: readId(params, "client", problems),
    companyId: readId(params, "company", problems),
    region: readText(params, "region"),
    isWithoutGuard: params.get("unassigned") === "1",
    from: readDate(params, "from", problems),
    until: readDate(params, "until", problems),
  };
  if (search.from && search.until && search.from > search.until) {
    problems.push(`No shift can match: from ${search.from} is after until ${search.until}.`);
  }
  const isNarrowed = Object.values(search).some((value) => (Array.isArray(value) ? value.length > 0 : Boolean(value)));
  const beginsToday = !isNarrowed && !params.has("from") && (sort === null || sort.by === "start");
  return {
    ...search,
    from: beginsToday ? localDate(asOf, searchZone) : search.from,
    sort: sort ?? { by: "start", isDescending: search.text !== "" },
    columns: readColumns(params, problems),
    beside: readBeside(params),
    problems,
  };
}

/** The instants between which the shifts start: the second is no longer part. */
export function spanOf({ from, until }: Pick<ShiftSearch, "from" | "until">): {
  startsFrom?: Date;
  startsBefore?: Date;
} {
  return {
    startsFrom: (from && startOfDay(from, searchZone)) || undefined,
    startsBefore: (until && startOfDay(dayAfter(until), searchZone)) || undefined,
  };
}

/** The same list with other parameters; null takes one away. Another list begins at its first page. */
export function searchWith(params: URLSearchParams, changes: Record<string, string | null>): string {
  const next = new URLSearchParams(params);
  next.delete("after");
  next.delete("before");
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) next.delete(name);
    else next.set(name, value);
  }
  const text = next.toString();
  return text === "" ? "" : `?${text}`;
}

/** As the page repeats it to whoever typed it. */
function quote(text: string): string {
  return `“${text.slice(0, 40)}${text.length > 40 ? "…" : ""}”`;
}

/** PostgreSQL refuses a text with a zero byte. */
function readText(params: URLSearchParams, name: string): string {
  return (params.get(name) ?? "").replaceAll("\0", "").trim().slice(0, longestText);
}

/** The states that are asked for, in the order of a shift's life. */
export function readStatuses(params: URLSearchParams, problems: string[] = []): ShiftStatus[] {
  const asked = listOf(params, "status");
  const unknown = asked.find((one) => !statuses.some((status) => status === one));
  if (unknown) problems.push(`There is no status ${quote(unknown)}; it was left out.`);
  return statuses.filter((status) => asked.includes(status));
}

function readColumns(params: URLSearchParams, problems: string[]): ColumnId[] {
  const asked = listOf(params, "columns");
  const unknown = asked.find((one) => !columnIds.some((id) => id === one));
  if (unknown) problems.push(`There is no column ${quote(unknown)}; it was left out.`);
  const known = [...new Set(asked)].filter((one): one is ColumnId => columnIds.some((id) => id === one));
  return known.length > 0 ? known : [...defaultColumns];
}

function listOf(params: URLSearchParams, name: string): string[] {
  return params.getAll(name).flatMap((text) => text.split(",").filter(Boolean));
}

function readId(params: URLSearchParams, name: string, problems: string[]): number | null {
  const text = params.get(name);
  if (!text) return null;
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  problems.push(`${quote(text)} is no number of a ${name}; it was left out.`);
  return null;
}

function readDate(params: URLSearchParams, name: string, problems: string[]): string {
  const text = params.get(name);
  if (!text) return "";
  if (!startOfDay(text, searchZone)) problems.push(`${quote(text)} is no date; “${name}” was left out.`);
  else if (text < earliestDate || text > latestDate) {
    problems.push(`${quote(text)} is not between 2000 and 2100; “${name}” was left out.`);
  } else return text;
  return "";
}

function readSort(params: URLSearchParams, problems: string[]): ShiftSort | null {
  const text = params.get("sort");
  if (!text) return null;
  const isDescending = text.startsWith("-");
  const by = sorts.find((sort) => sort === (isDescending ? text.slice(1) : text));
  if (!by) problems.push(`The table has no order by ${quote(text)}; it goes by start.`);
  return by ? { by, isDescending } : null;
}

function readBeside(params: URLSearchParams): ShiftSearch["beside"] {
  for (const side of ["after", "before"] as const) {
    const token = params.get(side);
    if (token) return { side, token };
  }
  return null;
}
