import type { Sql } from "../connections";

type Invariant = { sentence: string; countBreaches: (sql: Sql) => Promise<number> };

const count = async (rows: Promise<{ count: number }[]>) => (await rows)[0]?.count ?? 0;

/** What must hold of SecuryFlex's rows whatever the schema let through: the sense of a restored database. */
export const invariants: readonly Invariant[] = [
  {
    sentence: "No guard is on two shifts at once.",
    countBreaches: (sql) =>
      count(sql`
        select count(*)::integer as count from (
          select start_datetime < max(end_datetime) over (
                   partition by professional_id order by start_datetime, end_datetime
                   rows between unbounded preceding and 1 preceding) as is_double
          from public.shifts where status in ('assigned', 'active') and professional_id is not null
        ) as ordered where is_double`),
  },
  {
    sentence: "Every payment belongs to a shift.",
    countBreaches: (sql) =>
      count(sql`
        select count(*)::integer as count from public.finqle_transactions
        where not exists (select from public.shifts where shifts.id = finqle_transactions.shift_id)`),
  },
  {
    sentence: "Every check-in belongs to a shift.",
    countBreaches: (sql) =>
      count(sql`
        select count(*)::integer as count from public.gps_checkins
        where not exists (select from public.shifts where shifts.id = gps_checkins.shift_id)`),
  },
  {
    sentence: "Every shift ends after it begins.",
    countBreaches: (sql) =>
      count(sql`select count(*)::integer as count from public.shifts where end_datetime <= start_datetime`),
  },
  {
    sentence: "Every active shift has a guard.",
    countBreaches: (sql) =>
      count(sql`
        select count(*)::integer as count from public.shifts where status = 'active' and professional_id is null`),
  },
];
