import { dayAfter, localDate, startOfDay } from "../../db/rules/shifts/start-of-day";
import type { ShiftFilter, ShiftOrder, ShiftStatus } from "../../db/shifts/list-shifts";

export const statuses = [
  "draft",
  "published",
  "assigned",
  "active",
  "completed",
  "cancelled",
] as const satisfies readonly ShiftStatus[];

export const searchZone = "Europe/Amsterdam";

export type ShiftSearch = {
  status: ShiftStatus | null;
  text: string;
  /** Local date YYYY-MM-DD; empty where the list has no bound. */
  from: string;
  order: ShiftOrder;
  /** The shift after which the page begins; null on the first. */
  afterId: number | null;
};

const longestText = 100;

/**
 * What the URL of the shifts asks for; what it cannot mean is left out. Without a date and a text the list begins
 * today; a text searches all of time, newest first.
 */
export function readShiftSearch(search: URLSearchParams, asOf: Date): ShiftSearch {
  // PostgreSQL refuses a text with a zero byte.
  const text = (search.get("text") ?? "").replaceAll("\0", "").trim().slice(0, longestText);
  const asked = search.get("from") ?? "";
  const from = startOfDay(asked, searchZone) ? asked : "";
  const sort = search.get("sort");
  const page = search.get("page") ?? "";
  return {
    status: statuses.find((status) => status === search.get("status")) ?? null,
    text,
    from: from === "" && text === "" ? localDate(asOf, searchZone) : from,
    order: sort === "start" || sort === "-start" ? sort : text === "" ? "start" : "-start",
    afterId: /^[1-9]\d{0,14}$/.test(page) ? Number(page) : null,
  };
}

/** Ascending lists begin with the day, descending ones end with it. */
export function filterOf({ status, text, from, order }: ShiftSearch): ShiftFilter {
  const bound = from === "" ? null : startOfDay(order === "start" ? from : dayAfter(from), searchZone);
  return { status: status ?? undefined, text: text || undefined, bound: bound ?? undefined };
}

/** The same list with another page; null is the first. */
export function searchAtPage(search: URLSearchParams, afterId: number | null): string {
  const next = new URLSearchParams(search);
  if (afterId === null) next.delete("page");
  else next.set("page", String(afterId));
  const text = next.toString();
  return text === "" ? "" : `?${text}`;
}
