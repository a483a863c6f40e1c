import postgres from "postgres";

import { type Environment, loginUrl } from "../../db/environment";
import { prepareDatabases } from "../../db/migrations/prepare";
import { databaseUrl } from "./templates";

/** Guards of the crowd that share one building, of whom one has not come. */
export const inOneBuilding = 40;
export const building = { latitude: 52.3731, longitude: 4.8926 };

/**
 * A SecuryFlex beside that of `environment`, on the same server, with `count` guards on as many posts at this hour:
 * spread over the country by a lattice, but for those of one building. Returns the settings of a console that watches it, and
 * what drops it.
 */
export async function openCrowd(environment: Environment, count: number) {
  const serverUrl = environment.DATABASE_URL as string;
  const server = postgres(serverUrl, { max: 1, onnotice: () => {} });
  await server`drop database if exists crowd with (force)`;
  await server`create database crowd`;
  const url = databaseUrl(serverUrl, "crowd");
  const variables = { DATABASE_URL: url, CONSOLE_DATABASE_URL: loginUrl(environment, "console_owner") };
  await prepareDatabases({ ...environment, ...variables });
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql`insert into organizations (name, kind) values ('Vesting Beveiliging', 'company'), ('Hotel De Kroon', 'client')`;
  await sql`
    insert into users (role, full_name, email)
    select 'zzp', 'Guard ' || n, 'guard' || n || '@example.nl' from generate_series(1, ${count}::int) as n`;
  await sql`
    insert into security_professionals (user_id, vca_certificate, guard_pass_colour, guard_pass_valid_until)
    select id, '{"valid_until": "2090-01-01"}', 'grey', '2090-01-01' from users`;
  await sql`
    insert into locations (organization_id, name, address, city, region, location_point, radius_meters)
    select 2, 'Post ' || n, 'Street ' || n, 'Town', 'Utrecht',
           st_setsrid(case when n <= ${inOneBuilding} then st_makepoint(${building.longitude}, ${building.latitude})
                           else st_makepoint(4.2 + (n % 71) * 0.035, 51.5 + (n / 71) * 0.025) end, 4326)::geography, 100
    from generate_series(1, ${count}::int) as n`;
  await sql`
    insert into shifts (company_id, client_id, location_id, professional_id, status, start_datetime, end_datetime, hourly_rate)
    select 1, 2, location.id, guard.id, 'assigned', now() - interval '2 hours', now() + interval '6 hours', 30
    from locations as location join security_professionals as guard on guard.id = location.id`;
  await sql`
    insert into gps_checkins (shift_id, professional_id, kind, gps_point, accuracy_meters, recorded_at, created_at)
    select shift.id, professional_id, kind, location_point, 10, heard, heard
    from shifts as shift join locations as location on location.id = shift.location_id,
         lateral (values ('in', now() - interval '2 hours'), ('ping', now())) as checkin (kind, heard)
    where shift.id <> 1`;
  await sql`analyze`;
  await sql.end();
  return {
    variables,
    drop: async () => {
      await server`drop database if exists crowd with (force)`;
      await server.end();
    },
  };
}
