import { drizzle } from "drizzle-orm/postgres-js";

import { openClient, type Sql } from "../../db/connections";
import { loginUrl } from "../../db/environment";
import * as schema from "../../db/schema";
import { freezeRange } from "../../db/sla/freeze-range";

const dayMs = 24 * 3_600_000;

/**
 * A client of whose 144 shifts of an hour each that began in six of the last seven days every one began 12 minutes late,
 * and in the week before none; frozen by what the job calls. Its name stands behind those of all others.
 */
export async function playLateClient(name: string): Promise<void> {
  const environment = JSON.parse(process.env.CONSOLE_TEST_ENVIRONMENT as string);
  const open = (login: "console_read" | "console_app", max: number) =>
    openClient(loginUrl(environment, login), { max, applicationName: "tests" });
  const owner = openClient(environment.DATABASE_URL, { max: 1, applicationName: "tests" });
  const [read, app] = [open("console_read", 2), open("console_app", 1)];
  const asOf = new Date();
  try {
    await owner.begin((transaction) => plantShifts(transaction as unknown as Sql, name));
    await freezeRange(
      {
        securyflex: drizzle(read, { schema }),
        write: async (work) => (await app.begin((transaction) => work(transaction as unknown as Sql))) as never,
      },
      { from: new Date(+asOf - 15 * dayMs), until: asOf, asOf },
    );
  } finally {
    await Promise.all([owner, read, app].map((client) => client.end()));
  }
}

async function plantShifts(sql: Sql, name: string): Promise<void> {
  await sql`set local search_path = public, extensions`;
  await sql`
    with client as (insert into organizations (name, kind) values (${name}, 'client') returning id),
    company as (insert into organizations (name, kind) values (${`${name} watch`}, 'company') returning id),
    person as (
      insert into users (role, full_name, email) values ('zzp', 'Lotte Laat', 'lotte.laat@zzp.example') returning id
    ), guard as (
      insert into security_professionals (user_id, vca_certificate, guard_pass_colour, guard_pass_valid_until)
      select id, jsonb_build_object('valid_until', current_date), 'grey', now() from person returning id
    ), location as (
      insert into locations (organization_id, name, address, city, location_point, radius_meters)
      select id, ${`${name}, gate`}, 'Legmeerdijk 313', 'Aalsmeer', 'SRID=4326;POINT(4.7795 52.2572)', 100 from client
      returning id
    ), hours as (
      select (date_trunc('day', now() at time zone 'Europe/Amsterdam') at time zone 'Europe/Amsterdam')
             - make_interval(hours => 24 * 14 - week * 24 * 7 - hour) as starts
      from generate_series(0, 1) as week, generate_series(0, 143) as hour
    )
    insert into shifts (company_id, client_id, location_id, professional_id, status, start_datetime, end_datetime,
                        hourly_rate, created_at, published_at, assigned_at)
    select company.id, client.id, location.id, guard.id, 'completed', starts, starts + interval '1 hour', 30,
           starts - interval '3 days', starts - interval '3 days', starts - interval '2 days'
    from client, company, guard, location, hours`;
  await sql`create temporary table late_shifts on commit drop as
    select shifts.*, location_point,
           start_datetime + case when start_datetime > now() - interval '8 days' then interval '12 minutes'
                                 else interval '-4 minutes' end as came_at
    from shifts join locations on locations.id = location_id
    where client_id = (select id from organizations where name = ${name})`;
  await sql`
    insert into gps_checkins (shift_id, professional_id, kind, gps_point, accuracy_meters, is_within_radius,
                              recorded_at, created_at)
    select id, professional_id, kind, location_point, 8, true, at, at
    from late_shifts, lateral (values ('in', came_at), ('out', end_datetime - interval '5 s')) as heard (kind, at)`;
  await sql`
    insert into ops_shift_history (shift_id, until_at, status, professional_id, assigned_at, start_datetime,
                                   end_datetime, location_id, post)
    select id, until_at, was, professional_id, assigned_at, start_datetime, end_datetime, location_id, post
    from late_shifts, lateral (values ('assigned', came_at), ('active', end_datetime)) as stood (was, until_at)`;
}
