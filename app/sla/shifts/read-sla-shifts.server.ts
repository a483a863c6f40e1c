import { type ConsoleDatabase, consoleDatabase } from "../../../db/connections";
import { breachMoment } from "../../../db/rules/sla/breach-moment";
import type { MetricId } from "../../../db/rules/sla/definitions";
import type { Grouping } from "../../../db/sla/groupings";
import { countSlaShifts, listSlaShifts, type SlaShift } from "../../../db/sla/list-sla-shifts";
import { readGroupNames } from "../../../db/sla/read-group-cases";
import { readSlaAge } from "../../../db/sla/read-sla";
import type { SlaFilter } from "../../../db/sla/standing-facts";
import { readShiftsQuestion } from "../csv/shifts-address";
import { readSlaAddress } from "../sla-question";
import { tellContribution } from "./tell-contribution";

const shiftsOfPage = 50;

/** A page of the very shifts behind a number, with what each brought into it and when the board showed that. */
export async function readSlaShifts(params: URLSearchParams) {
  const asOf = new Date();
  const address = readSlaAddress(params, asOf);
  const { problems, ...asked } = readShiftsQuestion(params);
  const metric: MetricId = asked.metric ?? "on-time";
  const part = asked.metric ? asked.part : "misses";
  const { after, problem } = readAfter(params.get("after"));
  const chosen = { ...address, ...asked, metric, part };
  const db = consoleDatabase();
  const [count, found, age, names] = await Promise.all([
    countSlaShifts(db, chosen),
    listSlaShifts(db, { ...chosen, ...(after ? { after } : {}), limit: shiftsOfPage + 1, isNewestFirst: true }),
    readSlaAge(db),
    readNames(db, chosen),
  ]);
  const last = found.length > shiftsOfPage ? found[shiftsOfPage - 1] : undefined;
  return {
    asOf,
    ...chosen,
    problems: [...address.problems, ...problems, ...(problem ? [problem] : [])],
    names,
    count,
    age,
    isFirstPage: !after,
    next: last ? `${last.startAt}.${last.shiftId}` : null,
    shifts: found.slice(0, shiftsOfPage).map((shift) => tellRow(metric, shift)),
  };
}

/** Of what the shifts are narrowed to, by what it is. */
async function readNames(
  db: ConsoleDatabase,
  { filter, group }: { filter: SlaFilter; group?: { by: Grouping; key: string } },
): Promise<Partial<Record<string, string>>> {
  const keys = { client: filter.clientId, company: filter.companyId, location: filter.locationId };
  const asked = Object.entries(keys).map(([by, key]) => ({ by, key: key?.toString() }));
  const named = [...asked, ...(group ? [group] : [])].map(async ({ by, key }) => {
    if (key === undefined || !(by in keys)) return [];
    const names = await readGroupNames(db, { by: by as keyof typeof keys, keys: [key] });
    return [[by, names.get(key) as string]];
  });
  return Object.fromEntries((await Promise.all(named)).flat());
}

function tellRow(metric: MetricId, shift: SlaShift) {
  const { shiftId, clientName, locationName, timeZone, leftOut, isLive, correctionReason } = shift;
  const { at, words } = breachMoment(metric, shift);
  return {
    ...{ shiftId, clientName, locationName, timeZone, leftOut, isLive, correctionReason },
    startAt: new Date(shift.startAt * 1000),
    endAt: new Date(shift.endAt * 1000),
    contribution: tellContribution(metric, shift),
    breach: {
      at: at === null ? null : new Date(at * 1000),
      path: `/sla/shifts/${shiftId}/breach?metric=${metric}`,
      words,
    },
  };
}

/** The shift that the page before ended with: epoch seconds of its start and its number. */
function readAfter(text: string | null): { after?: { startAt: number; shiftId: number }; problem?: string } {
  if (!text) return {};
  const [, startAt, shiftId] = text.match(/^(\d{1,11})\.(\d{1,15})$/) ?? [];
  if (startAt && shiftId) return { after: { startAt: Number(startAt), shiftId: Number(shiftId) } };
  return { problem: "The page that was asked for is none; this is the first." };
}

export type SlaShiftsRead = Awaited<ReturnType<typeof readSlaShifts>>;
