import { sql } from "drizzle-orm";

import type { PlanContext } from "../operation";
import { defaultThresholds } from "../rules/live/live-state";
import { weighGuardForShift } from "../shifts/candidates/judge-guard-for-shift";
import type { StandingGuard, StandingShift } from "../shifts/changes/standing-shift";
import { inZone } from "./find-shift";

const euro = (amount: number) => `€ ${amount.toFixed(2)}`;

/**
 * What giving a shift to a guard would bring, one sentence each: way, arrival, cost and margin, rest and week, who loses,
 * payment, who is told.
 */
export async function previewPlacing(
  securyflex: PlanContext["securyflex"],
  shift: StandingShift,
  guard: StandingGuard,
): Promise<string[]> {
  const asOf = new Date();
  const weighed = await weighGuardForShift(securyflex, { shiftId: shift.id, guardId: guard.id, asOf });
  return [
    tellWay(weighed?.distanceMeters ?? null, guard),
    tellArrival(weighed?.travelSeconds ?? null, shift, asOf),
    tellMargin(shift, guard),
    await tellNearest(securyflex, shift, guard),
    ...(weighed ? [`In that week ${guard.fullName} works ${hours(weighed.weekSecondsAfter)} h with it.`] : []),
    ...tellLoss(shift),
    `${guard.fullName} has ${euro(shift.hourlyRate * hoursOf(shift))} pending for it.`,
    tellNotified([shift.guardName, guard.fullName, shift.companyName]),
  ];
}

/** What happens to whoever has the shift. */
export function tellLoss(shift: StandingShift): string[] {
  if (shift.guardName === null) return ["Nobody has it now."];
  const payment = shift.payment ? `; the payment, ${shift.payment}, is void` : "";
  return [`${shift.guardName} loses it${payment}.`];
}

export function tellNotified(names: (string | null)[]): string {
  return `Told at once: ${names.filter((name) => name !== null).join(", ")}.`;
}

function tellWay(distanceMeters: number | null, guard: StandingGuard): string {
  return distanceMeters === null
    ? `How far ${guard.fullName} has to come is unknown: no home is on record.`
    : `${guard.fullName} lives ${(distanceMeters / 1000).toFixed(1)} km away, in a straight line.`;
}

/** What the numbers of the client will say of the arrival; travel time is an estimate. */
function tellArrival(travelSeconds: number | null, { startAt, endAt, timeZone }: StandingShift, asOf: Date): string {
  if (travelSeconds === null) return "When they could be there is unknown, and so is what it does to the SLA.";
  const arrivesAt = new Date(+asOf + travelSeconds * 1000);
  const lateSeconds = (+arrivesAt - +startAt) / 1000;
  const at = inZone(arrivesAt, timeZone).slice(11);
  if (lateSeconds <= 0) return "They can be there before it starts: on time, and nothing of it uncovered.";
  const { lateAfterSeconds, noShowAfterSeconds } = defaultThresholds;
  const counts = lateSeconds > noShowAfterSeconds ? "a no-show" : lateSeconds > lateAfterSeconds ? "late" : "on time";
  const uncoveredMinutes = Math.ceil((Math.min(+arrivesAt, +endAt) - +startAt) / 60_000);
  return `They can be there at ${at} at the earliest, which counts as ${counts}; until then ${uncoveredMinutes} of ${Math.round((+endAt - +startAt) / 60_000)} minutes are without them.`;
}

function tellMargin(shift: StandingShift, guard: StandingGuard): string {
  const cost = `It is paid at ${euro(shift.hourlyRate)} an hour`;
  if (guard.hourlyRate === null) return `${cost}; what ${guard.fullName} asks is not on record.`;
  const margin = (shift.hourlyRate - guard.hourlyRate) * hoursOf(shift);
  return `${cost}, ${guard.fullName} asks ${euro(guard.hourlyRate)}: a margin of ${euro(margin)} over ${hoursOf(shift)} h.`;
}

/** Rest between this shift and those beside it. shifts_professional_id_start_datetime_idx. */
async function tellNearest(securyflex: PlanContext["securyflex"], shift: StandingShift, guard: StandingGuard) {
  const [row] = await securyflex.execute<{ before: string | null; after: string | null }>(sql`
    select
      (select max(end_datetime)::text from shifts
       where professional_id = ${guard.id} and id <> ${shift.id} and status in ('assigned', 'active', 'completed')
         and end_datetime <= ${shift.startAt.toISOString()}
         and start_datetime > ${shift.startAt.toISOString()}::timestamptz - interval '10 days') as before,
      (select min(start_datetime)::text from shifts
       where professional_id = ${guard.id} and id <> ${shift.id} and status in ('assigned', 'active')
         and start_datetime >= ${shift.endAt.toISOString()}) as after`);
  const [before, after] = [row?.before ?? null, row?.after ?? null].map((at) => (at === null ? null : new Date(at)));
  const rest = [
    before && `${hoursBetween(before, shift.startAt)} h since ${inZone(before, shift.timeZone)}`,
    after && `${hoursBetween(shift.endAt, after)} h until ${inZone(after, shift.timeZone)}`,
  ].filter(Boolean);
  return rest.length === 0
    ? `${guard.fullName} has no other shift beside it.`
    : `${guard.fullName} rests ${rest.join(" and ")}.`;
}

const hours = (seconds: number) => Math.round(seconds / 360) / 10;

function hoursOf({ startAt, endAt }: Pick<StandingShift, "startAt" | "endAt">): number {
  return hoursBetween(startAt, endAt);
}

function hoursBetween(from: Date, until: Date): number {
  return Math.round((until.getTime() - from.getTime()) / 36_000) / 100;
}
