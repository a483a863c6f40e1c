import { type Site, tellCheckIns } from "../story/check-ins";
import { pointHex } from "../story/geodesy";
import { hour, type Instant } from "../story/instant";
import { type Cell, instant } from "./copy";
import { emailOf } from "./dutch-names";
import type { Guard } from "./guards";
import type { Location } from "./locations";
import type { Organization } from "./organizations";
import type { SeededShift } from "./seeded-shifts";
import type { Scale } from "./sizes";

export type TableRows = { columns: string[]; rows: Iterable<Cell[]> };

export function organizationRows(organizations: Organization[]): TableRows {
  return {
    columns: ["id", "name", "kind", "city", "created_at"],
    rows: organizations.map(({ id, name, kind, city, createdAt }) => [id, name, kind, city, instant(createdAt)]),
  };
}

export function locationRows(locations: Location[]): TableRows {
  return {
    columns: [
      ...["id", "organization_id", "name", "address", "postal_code", "city", "region"],
      ...["location_point", "radius_meters", "time_zone", "created_at"],
    ],
    rows: locations.map((location) => [
      location.id,
      location.organizationId,
      location.name,
      location.address,
      location.postalCode,
      location.city,
      location.region,
      pointHex(location.point),
      location.radiusMeters,
      "Europe/Amsterdam",
      instant(location.createdAt),
    ]),
  };
}

export function professionalRows(guards: Guard[]): TableRows {
  return {
    columns: [
      ...["id", "user_id", "home_point", "home_city", "hourly_rate", "employment", "vca_certificate"],
      ...["guard_pass_colour", "guard_pass_valid_until", "guard_pass_restriction", "created_at"],
    ],
    rows: guards.map((guard) => [
      guard.id,
      guard.userId,
      guard.home ? pointHex(guard.home) : null,
      guard.homeCity,
      guard.hourlyRate,
      guard.employment,
      guard.vca.written ? JSON.stringify(guard.vca.written) : null,
      guard.pass.colour,
      instant(guard.pass.validUntil),
      guard.pass.restriction,
      instant(guard.createdAt),
    ]),
  };
}

export function guardUserRow({ userId, companyId, name, id, createdAt }: Guard, phone: string): Cell[] {
  return [userId, companyId, "zzp", `${name.first} ${name.last}`, emailOf(name, id), phone, instant(createdAt)];
}

export function shiftRows(shifts: SeededShift[]): TableRows {
  return {
    columns: [
      ...["id", "company_id", "client_id", "location_id", "professional_id", "post", "status", "start_datetime"],
      ...["end_datetime", "headcount", "hourly_rate", "overtime_rate", "cancel_reason", "published_at", "assigned_at"],
      ...["cancelled_at", "version", "created_at", "updated_at"],
    ],
    rows: mapRows(shifts, ({ standing, location, ...shift }) => [
      shift.id,
      location.companyId,
      location.organizationId,
      location.id,
      shift.guard?.id ?? null,
      shift.post,
      standing.status,
      instant(shift.startAt),
      instant(shift.endAt),
      1,
      shift.hourlyRate,
      shift.overtimeRate,
      standing.cancelReason,
      instant(standing.publishedAt),
      instant(standing.assignedAt),
      instant(standing.cancelledAt),
      standing.changeCount + 1,
      instant(shift.createdAt),
      instant(standing.changedAt ?? shift.createdAt),
    ]),
  };
}

/** What reached the server by `asOf`. */
export function checkInRows(shifts: SeededShift[], asOf: Instant, scale: Scale): TableRows {
  const thinning = { fullFrom: asOf - scale.fullHours * hour, everyMs: scale.historyEveryMs };
  return {
    columns: [
      ...["shift_id", "professional_id", "kind", "gps_point", "accuracy_meters", "is_within_radius"],
      ...["recorded_at", "created_at"],
    ],
    rows: drawRows(),
  };

  function* drawRows(): Generator<Cell[]> {
    for (const { guard, guardStory, location, standing } of shifts) {
      if (!guard || !guardStory || standing.status === "cancelled") continue;
      for (const checkIn of tellCheckIns(guardStory, siteOf(location), guard.home, thinning)) {
        if (checkIn.createdAt > asOf) break;
        yield [
          guardStory.assignment.shiftId,
          guard.id,
          checkIn.kind,
          pointHex(checkIn.point),
          checkIn.accuracyMeters,
          checkIn.isWithinRadius,
          instant(checkIn.recordedAt),
          instant(checkIn.createdAt),
        ];
      }
    }
  }
}

export function siteOf({ id, point, radiusMeters }: Location): Site {
  return { locationId: id, point, radiusMeters };
}

export function* mapRows<Row>(rows: Iterable<Row>, write: (row: Row) => Cell[]): Generator<Cell[]> {
  for (const row of rows) yield write(row);
}
