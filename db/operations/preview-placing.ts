import { eq, sql } from "drizzle-orm";

import type { PlanContext } from "../operation";
import { locations, securityProfessionals, shifts } from "../schema";
import type { StandingGuard, StandingShift } from "../shifts/changes/standing-shift";
import { inZone } from "./find-shift";

const euro = (amount: number) => `€ ${amount.toFixed(2)}`;

/** What giving a shift to a guard would bring, one sentence each: way, cost and margin, who loses, payment, who is told. */
export async function previewPlacing(
  securyflex: PlanContext["securyflex"],
  shift: StandingShift,
  guard: StandingGuard,
): Promise<string[]> {
  return [
    await tellWay(securyflex, shift, guard),
    tellMargin(shift, guard),
    await tellNearest(securyflex, shift, guard),
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

async function tellWay(securyflex: PlanContext["securyflex"], shift: StandingShift, guard: StandingGuard) {
  const [row] = await securyflex
    .select({
      meters: sql<number | null>`ST_Distance(${securityProfessionals.homePoint}, ${locations.locationPoint})`,
    })
    .from(shifts)
    .innerJoin(locations, eq(locations.id, shifts.locationId))
    .innerJoin(securityProfessionals, eq(securityProfessionals.id, guard.id))
    .where(eq(shifts.id, shift.id));
  return row?.meters == null
    ? `How far ${guard.fullName} has to come is unknown: no home is on record.`
    : `${guard.fullName} lives ${(row.meters / 1000).toFixed(1)} km away, in a straight line.`;
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

function hoursOf({ startAt, endAt }: Pick<StandingShift, "startAt" | "endAt">): number {
  return hoursBetween(startAt, endAt);
}

function hoursBetween(from: Date, until: Date): number {
  return Math.round((until.getTime() - from.getTime()) / 36_000) / 100;
}
