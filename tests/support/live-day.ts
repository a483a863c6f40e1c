import type { Sql } from "../../db/connections";

/**
 * `count` guards, each on a shift of his own that runs now, at one location of 100 m: guard n has shift n. For an
 * empty, migrated SecuryFlex, as its owner.
 */
export async function playLiveDay(sql: Sql, count: number): Promise<void> {
  await sql.begin(async (day) => {
    await day`set local search_path = public, extensions`;
    await day`
      insert into organizations (id, name, kind) overriding system value
      values (1, 'Vesting Beveiliging', 'company'), (2, 'Hotel De Kroon', 'client')`;
    await day`
      insert into locations (id, organization_id, name, address, city, location_point, radius_meters)
        overriding system value
      values (1, 2, 'De Kroon', 'Dam 9', 'Amsterdam', 'SRID=4326;POINT(4.8926 52.3731)', 100)`;
    await day`
      with people as (
        insert into users (role, full_name, email)
        select 'zzp', 'Guard ' || number, 'guard' || number || '@zzp.example'
        from generate_series(1, ${count}::integer) as number
        returning id, substring(full_name from 7)::bigint as number
      )
      insert into security_professionals (id, user_id, vca_certificate, guard_pass_colour, guard_pass_valid_until)
        overriding system value
      select number, id, '{"valid_until": "2099-01-01"}', 'grey', '2099-01-01' from people`;
    await day`
      insert into shifts (id, company_id, client_id, location_id, professional_id, status, start_datetime, end_datetime,
                          hourly_rate) overriding system value
      select number, 1, 2, 1, number, 'active', now() - interval '1 hour', now() + interval '3 hours', 30
      from generate_series(1, ${count}::integer) as number`;
    await day`
      select setval(pg_get_serial_sequence(name, 'id'), 100000)
      from unnest(array['organizations', 'locations', 'security_professionals', 'shifts']) as name`;
  });
}

/** One check-in of guard `guard` on his shift, at the location. Returns its id. */
export async function checkInNow(sql: Sql, guard: number): Promise<number> {
  const [row] = await sql<{ id: string }[]>`
    insert into gps_checkins (shift_id, professional_id, kind, gps_point, accuracy_meters, is_within_radius, recorded_at)
    values (${guard}, ${guard}, 'ping', 'SRID=4326;POINT(4.8926 52.3731)', 8, true, now())
    returning id`;
  return Number(row?.id);
}
