import type { Sql } from "../../db/connections";

/** Who is on the scene: `auth.uid()` of each. */
export const people = {
  company: "00000000-0000-0000-0000-000000000001",
  client: "00000000-0000-0000-0000-000000000002",
  guard: "00000000-0000-0000-0000-000000000003",
  otherCompany: "00000000-0000-0000-0000-000000000004",
  otherClient: "00000000-0000-0000-0000-000000000005",
  otherGuard: "00000000-0000-0000-0000-000000000006",
} as const;

/**
 * Two companies (1, 3), two clients (2, 4) with a location each, two guards with valid papers. Shift 1 is active and
 * of the first three, shift 2 of the others; 3 is published by the others; 4 is a draft and 5 a cancelled shift of the
 * first three. Shifts 1 and 2 have a check-in, an incident and a payment each, under their own number.
 * What is added later is numbered from 101.
 */
export async function playScene(sql: Sql, { radiusColumn = "radius_meters" } = {}): Promise<void> {
  await sql.begin((transaction) =>
    transaction.unsafe(`
      set local search_path = public, extensions;
      insert into organizations (id, name, kind) overriding system value values
        (1, 'Vesting Beveiliging', 'company'), (2, 'Hotel De Kroon', 'client'),
        (3, 'Noorderwacht', 'company'), (4, 'Museum De Vleugel', 'client');
      insert into users (id, organization_id, role, full_name, email) values
        ('${people.company}', 1, 'company', 'Anouk Visser', 'anouk@vesting.example'),
        ('${people.client}', 2, 'client', 'Bram Smit', 'bram@kroon.example'),
        ('${people.guard}', null, 'zzp', 'Sanne Bakker', 'sanne@zzp.example'),
        ('${people.otherCompany}', 3, 'company', 'Daan Mulder', 'daan@noorderwacht.example'),
        ('${people.otherClient}', 4, 'client', 'Eva Bos', 'eva@vleugel.example'),
        ('${people.otherGuard}', null, 'zzp', 'Tim de Boer', 'tim@zzp.example');
      insert into security_professionals (id, user_id, vca_certificate, guard_pass_colour, guard_pass_valid_until)
        overriding system value values
        (1, '${people.guard}', '{"valid_until": "2030-01-01"}', 'grey', '2030-01-01T00:00:00Z'),
        (2, '${people.otherGuard}', '{"valid_until": "2030-01-01"}', 'grey', '2030-01-01T00:00:00Z');
      insert into locations (id, organization_id, name, address, city, location_point, ${radiusColumn})
        overriding system value values
        (1, 2, 'De Kroon, front desk', 'Dam 9', 'Amsterdam', 'SRID=4326;POINT(4.8926 52.3731)', 150),
        (2, 4, 'De Vleugel, hall', 'Coolsingel 40', 'Rotterdam', 'SRID=4326;POINT(4.4792 51.9228)', 80);
      insert into shifts (id, company_id, client_id, location_id, professional_id, status, start_datetime, end_datetime,
                          hourly_rate) overriding system value values
        (1, 1, 2, 1, 1, 'active', '2026-11-22T07:00:00Z', '2026-11-22T15:00:00Z', 30),
        (2, 3, 4, 2, 2, 'active', '2026-11-22T07:00:00Z', '2026-11-22T15:00:00Z', 30),
        (3, 3, 4, 2, null, 'published', '2026-11-23T07:00:00Z', '2026-11-23T15:00:00Z', 30),
        (4, 1, 2, 1, null, 'draft', '2026-11-23T07:00:00Z', '2026-11-23T15:00:00Z', 30),
        (5, 1, 2, 1, 1, 'cancelled', '2026-11-21T07:00:00Z', '2026-11-21T15:00:00Z', 30);
      insert into gps_checkins (id, shift_id, professional_id, kind, gps_point, accuracy_meters, is_within_radius,
                                recorded_at) overriding system value values
        (1, 1, 1, 'in', 'SRID=4326;POINT(4.8926 52.3731)', 8, true, '2026-11-22T07:00:00Z'),
        (2, 2, 2, 'in', 'SRID=4326;POINT(4.4792 51.9228)', 8, true, '2026-11-22T07:00:00Z');
      insert into incidents (id, shift_id, severity, summary) overriding system value values
        (1, 1, 'low', 'A lost bag'), (2, 2, 'high', 'A fire alarm');
      insert into finqle_transactions (id, shift_id, professional_id, amount) overriding system value values
        (1, 1, 1, 240), (2, 2, 2, 240);
      insert into notifications (id, user_id, type) overriding system value values
        (1, '${people.guard}', 'shift_assigned'), (2, '${people.otherGuard}', 'shift_assigned'),
        (3, '${people.company}', 'shift_started'), (4, '${people.client}', 'shift_started');
      select setval(pg_get_serial_sequence(name, 'id'), 100)
      from unnest(array['organizations', 'security_professionals', 'locations', 'shifts', 'gps_checkins', 'incidents',
                        'finqle_transactions', 'notifications']) as name;`),
  );
}
