import { and, eq, gte, inArray, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";

import type { Database } from "../connections";
import { locations, shifts } from "../schema";
import type { NamedIds } from "./find-named";

export type ShiftStatus = (typeof shifts.$inferSelect)["status"];

/** What is left out does not narrow; an empty list lets nothing through. */
export type ShiftFilter = {
  id?: number;
  statuses?: readonly ShiftStatus[];
  clientId?: number;
  companyId?: number;
  /** Dutch province of the location. */
  region?: string;
  guardIds?: readonly number[];
  locationIds?: readonly number[];
  /** Guard, location, client or company is one of these. */
  named?: NamedIds;
  isWithoutGuard?: boolean;
  startsFrom?: Date;
  /** Exclusive. */
  startsBefore?: Date;
};

/** The condition on `shifts`. Ids go as one array each, so that the planner sees how many there are. */
export function matchesFilter(db: Database, filter: ShiftFilter): SQL | undefined {
  const { id, statuses, clientId, companyId, region, guardIds, locationIds, named } = filter;
  const ofRegion = () =>
    db
      .select({ id: locations.id })
      .from(locations)
      .where(eq(locations.region, region as string));
  return and(
    id === undefined ? undefined : eq(shifts.id, id),
    statuses && (statuses.length === 1 ? eq(shifts.status, statuses[0] as ShiftStatus) : ofStatuses(statuses)),
    clientId === undefined ? undefined : eq(shifts.clientId, clientId),
    companyId === undefined ? undefined : eq(shifts.companyId, companyId),
    region === undefined ? undefined : inArray(shifts.locationId, ofRegion()),
    guardIds && isAnyOf(shifts.professionalId, guardIds),
    locationIds && isAnyOf(shifts.locationId, locationIds),
    named && isNamed(named),
    filter.isWithoutGuard ? isNull(shifts.professionalId) : undefined,
    filter.startsFrom && gte(shifts.startDatetime, filter.startsFrom),
    filter.startsBefore && lt(shifts.startDatetime, filter.startsBefore),
  );
}

function ofStatuses(statuses: readonly ShiftStatus[]): SQL {
  return sql`${shifts.status} = any(${`{${statuses.join(",")}}`}::text[])`;
}

function isNamed({ guardIds, locationIds, organizationIds }: NamedIds): SQL | undefined {
  return or(
    sql`false`,
    guardIds.length > 0 ? isAnyOf(shifts.professionalId, guardIds) : undefined,
    locationIds.length > 0 ? isAnyOf(shifts.locationId, locationIds) : undefined,
    organizationIds.length > 0 ? isAnyOf(shifts.clientId, organizationIds) : undefined,
    organizationIds.length > 0 ? isAnyOf(shifts.companyId, organizationIds) : undefined,
  );
}

function isAnyOf(column: PgColumn, ids: readonly number[]): SQL {
  return sql`${column} = any(${`{${ids.join(",")}}`}::bigint[])`;
}
