import { and, arrayContains, desc, eq, inArray, isNotNull } from "drizzle-orm";

import type { ConsoleDatabase, Database } from "../../connections";
import { operationRuns } from "../../console/operations";
import { staff } from "../../console/schema";
import { localTime } from "../../rules/shifts/start-of-day";
import { opsOperationEffects as effects } from "../../schema";
import type { StandingShift } from "./standing-shift";

const mostTold = 3;

/**
 * Who changed a shift since the version that somebody saw, what and when, in sentences; undefined where nobody did.
 * ops_operation_effects_shift_ids_idx.
 */
export async function tellMoves(
  context: { securyflex: Pick<Database, "select">; console: ConsoleDatabase },
  shift: StandingShift,
  seenVersion: number,
): Promise<string | undefined> {
  if (shift.version === seenVersion) return undefined;
  const rows = await context.securyflex
    .select({ runId: effects.runId, at: effects.at, changes: effects.changes, outcome: effects.outcome })
    .from(effects)
    .where(and(arrayContains(effects.shiftIds, [shift.id]), isNotNull(effects.outcome)))
    .orderBy(desc(effects.at))
    .limit(20);
  const versionOf = (row: (typeof rows)[number]) =>
    Math.max(0, ...(row.changes ?? []).filter(({ shiftId }) => shiftId === shift.id).map(({ version }) => version));
  const since = rows.filter((row) => versionOf(row) > seenVersion).slice(0, mostTold);
  const names = await nameRequesters(
    context.console,
    since.map(({ runId }) => runId),
  );
  const told = since.map(
    ({ runId, at, outcome }) =>
      `${names.get(runId) ?? "Somebody"} at ${clockTime(at, shift.timeZone)}: ${outcome?.summary}`,
  );
  const isOutside = since.length === 0 || versionOf(since[0] as (typeof rows)[number]) < shift.version;
  const outside = `It changed outside of this console at ${clockTime(shift.updatedAt, shift.timeZone)}; it is ${shift.status}${shift.guardName ? ` with ${shift.guardName}` : ""}.`;
  return [`Shift ${shift.id} is not as you saw it.`, ...(isOutside ? [outside] : []), ...told].join(" ");
}

async function nameRequesters(db: ConsoleDatabase, runIds: string[]): Promise<Map<string, string>> {
  if (runIds.length === 0) return new Map();
  const rows = await db
    .select({ id: operationRuns.id, name: staff.fullName })
    .from(operationRuns)
    .innerJoin(staff, eq(staff.id, operationRuns.requestedBy))
    .where(inArray(operationRuns.id, runIds));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Date and time of day in a zone, to the second, and the zone: "2026-11-23 07:42:39 CET". */
export function clockTime(at: Date, timeZone: string): string {
  return `${localTime(at, timeZone).replace("T", " ")} ${zoneName(at, timeZone)}`;
}

/** "CET" or "CEST"; the zone's own name where it has no short one. */
export function zoneName(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone, timeZoneName: "short" }).formatToParts(at);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? timeZone;
}
