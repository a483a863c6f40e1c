import { sql } from "drizzle-orm";

import type { Database } from "../../../db/connections";
import { minutesFromNow } from "../live/board";

/**
 * Companies, clients, locations and guards of whom some share a name, and `shiftCount` shifts of theirs with many ties
 * in every column and a third without a guard. The same every time.
 */
export async function scatterShifts(db: Database, { shiftCount }: { shiftCount: number }): Promise<void> {
  const start = minutesFromNow(0).toISOString();
  await db.execute(sql`
    insert into organizations (name, kind)
    select (case when n <= 2 then 'Company ' else 'Client ' end) || (n % 5), case when n <= 2 then 'company' else 'client' end
    from generate_series(1, 12) as n`);
  await db.execute(sql`
    insert into locations (organization_id, name, address, city, region, location_point)
    select 3 + n % 10, 'Site ' || (n % 23), 'Street 1', 'Town ' || (n % 7), (array['Drenthe', 'Utrecht', null])[1 + n % 3],
           'SRID=4326;POINT(4.9 52.4)'
    from generate_series(1, 40) as n`);
  await db.execute(sql`
    insert into users (role, full_name, email)
    select 'zzp', 'Guard ' || (n % 30), 'guard' || n || '@example.nl' from generate_series(1, 50) as n`);
  await db.execute(sql`
    insert into security_professionals (user_id) select id from users where email like 'guard%' order by email`);
  await db.execute(sql`
    insert into shifts (company_id, client_id, location_id, professional_id, status, start_datetime, end_datetime,
                        hourly_rate, updated_at)
    select 1 + n % 2, 3 + n % 10, 1 + (n * 7) % 40, case when n % 3 > 0 then 1 + (n * 11) % 50 end,
           (array['draft', 'published', 'completed', 'cancelled'])[1 + (n * 5) % 4],
           begins, begins + (1 + n % 3) * interval '4 hours', 20 + (n * 13) % 6,
           begins - (n % 4) * interval '1.000001 hours'
    from generate_series(1, ${shiftCount}::integer) as n,
         lateral (select ${start}::timestamptz + ((n * 17) % 29) * interval '6 hours' as begins) as planned`);
}
