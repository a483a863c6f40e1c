import { localDate } from "../../db/rules/shifts/start-of-day";
import { addDays, type Period } from "../../db/rules/sla/period";
import type { SlaFilter } from "../../db/sla/standing-facts";
import { isReadyRange, type Range, readyPeriod } from "./ready-ranges";

/** The zone of "today"; each shift belongs to the local date of its own location all the same. */
export const slaZone = "Europe/Amsterdam";

/** What the address of each page of the room asks. */
export type SlaAddress = {
  period: Period;
  filter: SlaFilter;
  /** What the address asks for and cannot mean, a sentence each; it was left out. */
  problems: string[];
};

/** An address with the range that it was asked by; "own" where the dates tell it. */
export type RangedAddress = SlaAddress & { range: Range };

const longestDays = 366;
const earliestDate = "2000-01-01";

/**
 * `range`, or `from` and `until` (local dates, both included), `client`, `company`, `location`, `region`. Without any
 * time, the last 28 full days.
 */
export function readSlaAddress(params: URLSearchParams, asOf: Date): RangedAddress {
  const problems: string[] = [];
  const today = localDate(asOf, slaZone);
  const id = (name: string) => readId(params, name, problems);
  const region = readRegion(params, problems);
  return {
    ...readTime(params, { today, problems }),
    filter: {
      ...defined("clientId", id("client")),
      ...defined("companyId", id("company")),
      ...defined("locationId", id("location")),
      ...(region ? { region } : {}),
    },
    problems,
  };
}

/** The search of an address of the room that asks the same, with `more` besides; null leaves a name out. */
export function slaSearch(
  { period, filter }: Pick<SlaAddress, "period" | "filter">,
  more: Record<string, string | null> = {},
) {
  const params = new URLSearchParams({ from: period.from, until: period.until });
  const given: Record<string, string | number | null | undefined> = {
    client: filter.clientId,
    company: filter.companyId,
    location: filter.locationId,
    region: filter.region,
    ...more,
  };
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === "") params.delete(name);
    else params.set(name, String(value));
  }
  return `?${params}`;
}

function readTime(
  params: URLSearchParams,
  { today, problems }: { today: string; problems: string[] },
): Pick<RangedAddress, "period" | "range"> {
  const asked = params.get("range");
  if (isReadyRange(asked)) return { range: asked, period: readyPeriod(asked, today) };
  const standard = { range: "28d", period: readyPeriod("28d", today) } as const;
  const given = { from: readDate(params, "from", problems), until: readDate(params, "until", problems) };
  if (!given.from && !given.until) return asked === "own" ? { ...standard, range: "own" } : standard;
  const until = given.until ?? standard.period.until;
  const period = { from: given.from ?? addDays(until, -27), until };
  const objection = refusePeriod(period);
  if (!objection) return { range: "own", period };
  problems.push(`${objection} These are the last 28 full days.`);
  return standard;
}

/** One sentence: why there are no numbers of such a period. Undefined where there are. */
export function refusePeriod({ from, until }: Period): string | undefined {
  if (from > until) return `No day lies in it: from ${from} is after until ${until}.`;
  if (addDays(from, longestDays) <= until) return `A period has at most ${longestDays} days.`;
  return undefined;
}

function readDate(params: URLSearchParams, name: string, problems: string[]): string | null {
  const text = params.get(name)?.trim();
  if (!text) return null;
  if (isDate(text)) return text;
  problems.push(`"${text.slice(0, 40)}" is no date for ${name}; a date is written like 2026-03-29. It was left out.`);
  return null;
}

export function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(Date.parse(text))) return false;
  return addDays(text, 0) === text && text >= earliestDate && text < "2100";
}

export function readId(params: URLSearchParams, name: string, problems: string[], of = `a ${name}`): number | null {
  const text = params.get(name)?.trim();
  if (!text) return null;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  problems.push(`"${text.slice(0, 40)}" is no number of ${of}; it was left out.`);
  return null;
}

function readRegion(params: URLSearchParams, problems: string[]): string | null {
  const text = params.get("region")?.trim() ?? "";
  if (text.length <= 100 && !/\p{Cc}/u.test(text)) return text;
  problems.push("The region is no name of one; it was left out.");
  return null;
}

function defined<Name extends string>(name: Name, value: number | null): { [Key in Name]?: number } {
  return value === null ? {} : ({ [name]: value } as { [Key in Name]?: number });
}
