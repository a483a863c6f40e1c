import { asc, desc, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { alias, type PgColumn } from "drizzle-orm/pg-core";

import { locations, organizations, shiftStatuses, shifts, users } from "../schema";
import type { ShiftFilter } from "./shift-filter";

export const client = alias(organizations, "client");

export const shiftSorts = ["id", "start", "end", "status", "guard", "location", "client", "rate", "updated"] as const;

/** Status goes by the life of a shift, guard with nobody last. Equal ones go by start, then by id. */
export type ShiftSort = { by: (typeof shiftSorts)[number]; isDescending: boolean };

/** The place of one shift in an order, by values, so that it holds when the shift moves or goes. */
export type ShiftPosition = {
  /** Index into `stretchesOf` of the sort. */
  stretch: number;
  /** Null where the sort is by start or id alone. */
  key: string | null;
  /** With microseconds, ISO. */
  startAt: string;
  id: number;
};

/** A part of an order that one index can walk. The parts follow each other. */
export type Stretch = {
  condition?: SQL;
  /** Null: by start alone. */
  key: PgColumn | null;
  /** A table that the key belongs to. */
  joins?: "location" | "client" | "guard";
};

/** The stretches of an ascending order. */
export function stretchesOf(by: ShiftSort["by"]): readonly Stretch[] {
  return stretches[by];
}

const stretches: Record<ShiftSort["by"], readonly Stretch[]> = {
  id: [{ key: null }],
  start: [{ key: null }],
  end: [{ key: shifts.endDatetime }],
  updated: [{ key: shifts.updatedAt }],
  rate: [{ key: shifts.hourlyRate }],
  status: shiftStatuses.map((status) => ({ key: null, condition: sql`${shifts.status} = ${status}` })),
  location: [{ key: locations.name, joins: "location" }],
  client: [{ key: client.name, joins: "client" }],
  guard: [
    { key: users.fullName, joins: "guard", condition: isNotNull(shifts.professionalId) },
    { key: null, condition: isNull(shifts.professionalId) },
  ],
};

/** False where the filter alone rules the stretch out. */
export function canHold(sort: ShiftSort, stretch: number, { statuses, isWithoutGuard }: ShiftFilter): boolean {
  if (sort.by === "status") return !statuses || statuses.includes(shiftStatuses[stretch] as (typeof shiftStatuses)[0]);
  if (sort.by === "guard") return !isWithoutGuard || stretch === 1;
  return true;
}

function columnsOf(by: ShiftSort["by"], { key }: Stretch): PgColumn[] {
  if (by === "id") return [shifts.id];
  return [...(key ? [key] : []), shifts.startDatetime, shifts.id];
}

export function orderOf({ by }: ShiftSort, stretch: Stretch, isDescending: boolean): SQL[] {
  return columnsOf(by, stretch).map((column) => (isDescending ? desc(column) : asc(column)));
}

/** The key as text that Postgres reads back to the same value. */
export function keyText({ key }: Stretch): SQL<string | null> {
  if (!key) return sql<null>`null::text`;
  return key.columnType === "PgTimestamp" ? instantText(key) : sql<string>`${key}::text`;
}

export function instantText(column: PgColumn): SQL<string> {
  return sql<string>`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

/** Beyond `position` in the direction of walking. The bound on the key alone repeats what an index can begin at. */
export function beyond({ by }: ShiftSort, { key }: Stretch, position: ShiftPosition, isDescending: boolean): SQL {
  const than = isDescending ? sql`<` : sql`>`;
  const id = sql`${position.id}::bigint`;
  if (by === "id") return sql`${shifts.id} ${than} ${id}`;
  const start = sql`${position.startAt}::timestamptz`;
  if (!key) return sql`(${shifts.startDatetime}, ${shifts.id}) ${than} (${start}, ${id})`;
  const value = sql`${position.key}`;
  const row = sql`(${key}, ${shifts.startDatetime}, ${shifts.id})`;
  return sql`${key} ${than}= ${value} and ${row} ${than} (${value}, ${start}, ${id})`;
}
