import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";

import { listCandidates } from "../../../../db/shifts/candidates/list-candidates";
import { listOpenShiftsForGuard } from "../../../../db/shifts/candidates/list-open-shifts-for-guard";
import { explainLast, type Plan } from "../../../support/plan";
import { asOf, type City, hire, openCity, plan } from "./city";

let city: City;

/** Ten thousand guards over the country with four shifts each, and three thousand that are open. */
beforeAll(async () => {
  city = await openCity();
  await hire(city.owner, [{ id: 1, kilometers: 1 }]);
  await plan(city.owner, [{ id: 1, from: 24, until: 32 }]);
  await city.owner`
    insert into users (role, full_name, email) select 'zzp', 'Guard ' || n, n || '@zzp.example' from generate_series(1, 10000) as n`;
  await city.owner`
    insert into security_professionals (user_id, home_point, hourly_rate, vca_certificate, guard_pass_colour, guard_pass_valid_until)
    select users.id, ST_SetSRID(ST_MakePoint(3.5 + 3.5 * (n * 0.618 - floor(n * 0.618)), 51 + 2.4 * n / 10000.0), 4326)::geography,
           28, '{"valid_until": "2030-01-01"}', 'grey', '2030-01-01'
    from generate_series(1, 10000) as n
    join users on users.email = n || '@zzp.example'`;
  await city.owner`
    insert into shifts (company_id, client_id, location_id, professional_id, status, start_datetime, end_datetime, hourly_rate)
    select 1, 2, 2, guard.id, 'completed', start, start + interval '8 hours', 30
    from security_professionals as guard, generate_series(1, 4) as n,
         lateral (select ${asOf}::timestamptz + (n * 48 - 200) * interval '1 hour' as start) as planned`;
  await city.owner`
    insert into shifts (company_id, client_id, location_id, status, start_datetime, end_datetime, hourly_rate)
    select 1, 2, 1, 'published', start, start + interval '8 hours', 30
    from generate_series(1, 3000) as n, lateral (select ${asOf}::timestamptz + n * interval '10 minutes' as start) as planned`;
  await city.owner`analyze`;
}, 120_000);
afterAll(() => city.close());

const distances = (plan: Plan) =>
  plan.nodes.filter((node) => node["Index Name"] === "security_professionals_home_point_idx" && "Order By" in node);

test("the nearest guards are found by the index of homes, and what each has by the indexes of guards", async () => {
  const plan = await explainLast(city.environment, (db) => listCandidates(db, { shiftId: 1, asOf }));
  expect(distances(plan)).toHaveLength(1);
  expect(plan.indexes).toContain("shifts_professional_id_start_datetime_idx");
  expect(plan.indexes.filter((index) => /^assignments_(called_off_)?professional_id/.test(index))).not.toEqual([]);
  expect(plan.scannedWhole).not.toContain("shifts");
  expect(plan.scannedWhole).not.toContain("assignments");
});

test("a comma join reads every guard, which is why there is none", async () => {
  const plan = await explainLast(city.environment, (db) =>
    db.execute(sql`
      select security_professionals.id from shifts, locations, security_professionals
      where shifts.id = 1 and locations.id = shifts.location_id
      order by security_professionals.home_point <-> locations.location_point limit 400`),
  );
  expect(distances(plan)).toEqual([]);
  expect(plan.scannedWhole).toContain("security_professionals");
});

test("the open shifts of a guard are found by their status and start", async () => {
  const plan = await explainLast(city.environment, (db) => listOpenShiftsForGuard(db, { guardId: 1, asOf }));
  expect(plan.indexes).toContain("shifts_status_start_datetime_id_idx");
  expect(plan.scannedWhole).not.toContain("shifts");
});
