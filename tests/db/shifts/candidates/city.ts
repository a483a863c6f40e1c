import { drizzle } from "drizzle-orm/postgres-js";

import { type Database, openClient, type Sql } from "../../../../db/connections";
import { loginUrl } from "../../../../db/environment";
import * as schema from "../../../../db/schema";
import { cloneDatabases, type TestDatabases } from "../../../support/databases";

export const asOf = new Date("2026-11-23T08:00:00Z");

export const hours = (count: number) => new Date(+asOf + count * 3_600_000);

export type City = TestDatabases & { owner: Sql; reader: Database; ops: Database; close: () => Promise<void> };

export type GuardRow = {
  id: number;
  /** North of the Dam; null without a home. */
  kilometers: number | null;
  employment?: "zzp" | "employee";
  /** The company of an employee. */
  employerId?: number | null;
  hourlyRate?: number | null;
  vcaUntil?: string | null;
  passUntil?: string;
};

export type ShiftRow = {
  id: number;
  from: number;
  until: number;
  guardId?: number | null;
  status?: string;
  locationId?: number;
  cancelReason?: string | null;
};

/** Two sites, the Dam (1) and Rotterdam (2), and nobody yet. Guards and shifts come with `hire` and `plan`. */
export async function openCity(): Promise<City> {
  const databases = await cloneDatabases();
  const open = (login: "owner" | "console_read" | "console_ops") =>
    openClient(loginUrl(databases.environment, login), { max: 2, applicationName: "tests" });
  const [owner, readClient, opsClient] = [open("owner"), open("console_read"), open("console_ops")];
  await owner.unsafe(`
    insert into organizations (id, name, kind) overriding system value values
      (1, 'Vesting Beveiliging', 'company'), (2, 'Hotel De Kroon', 'client'), (3, 'Noorderwacht', 'company');
    insert into locations (id, organization_id, name, address, city, location_point) overriding system value values
      (1, 2, 'De Kroon', 'Dam 9', 'Amsterdam', 'SRID=4326;POINT(4.8926 52.3731)'),
      (2, 2, 'De Kuip', 'Stadionplein 1', 'Rotterdam', 'SRID=4326;POINT(4.4792 51.9228)');
    alter table security_professionals alter id restart with 1000;
    alter table shifts alter id restart with 1000;`);
  return {
    ...databases,
    owner,
    reader: drizzle(readClient, { schema }),
    ops: drizzle(opsClient, { schema }),
    close: async () => {
      await Promise.all([owner, readClient, opsClient].map((client) => client.end({ timeout: 2 })));
      await databases.drop();
    },
  };
}

export async function hire(owner: Sql, guards: GuardRow[]): Promise<void> {
  for (const guard of guards) {
    const {
      id,
      kilometers,
      employment = "zzp",
      employerId = employment === "employee" ? 1 : null,
      hourlyRate = 28,
      vcaUntil = "2030-01-01",
      passUntil = "2030-01-01",
    } = guard;
    const userId = `00000000-0000-0000-0000-${String(id).padStart(12, "0")}`;
    await owner`
      insert into users (id, organization_id, role, full_name, email)
      values (${userId}, ${employerId}, 'zzp', ${`Guard ${id}`}, ${`guard-${id}@zzp.example`})`;
    const home = kilometers === null ? null : `SRID=4326;POINT(4.8926 ${52.3731 + kilometers / 111.27})`;
    await owner`
      insert into security_professionals
        (id, user_id, home_point, home_city, hourly_rate, employment, vca_certificate, guard_pass_colour, guard_pass_valid_until)
      overriding system value
      values (${id}, ${userId}, ${home}::text::geography, 'Amsterdam', ${hourlyRate}, ${employment},
        ${vcaUntil === null ? null : owner.json({ valid_until: vcaUntil })}, 'grey', ${passUntil})`;
  }
}

/** Hours count from `asOf`. Without a guard a shift is published, with one assigned, unless said. */
export async function plan(owner: Sql, shifts: ShiftRow[]): Promise<void> {
  for (const { id, from, until, guardId = null, locationId = 1, cancelReason = null, ...rest } of shifts) {
    const status = rest.status ?? (guardId === null ? "published" : "assigned");
    await owner`
      insert into shifts (id, company_id, client_id, location_id, professional_id, status, start_datetime, end_datetime,
        hourly_rate, cancel_reason)
      overriding system value
      values (${id}, 1, 2, ${locationId}, ${guardId}, ${status}, ${hours(from)}, ${hours(until)}, 30, ${cancelReason})`;
  }
}
