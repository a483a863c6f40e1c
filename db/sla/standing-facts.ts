import { type SQL, sql } from "drizzle-orm";

import type { Period } from "../rules/sla/period";

/** Narrows to one client, company, location or province, or "unknown" for none; all that are given hold. */
export type SlaFilter = {
  clientId?: number;
  companyId?: number;
  locationId?: number;
  region?: string;
  /** As it was known then: of what was frozen by it the newest, and nothing live. */
  frozenBy?: Date;
};

/**
 * The newest facts of each shift of the period, frozen ones and, with `is_live`, what is told so far of the others.
 * sla_shift_facts_local_date_idx, or that of the client or location with the date.
 */
export function standingFacts(filter: SlaFilter, { from, until }: Period): SQL {
  const narrowed = sql.join(
    [
      sql`local_date between ${from}::date and ${until}::date`,
      ...(filter.clientId === undefined ? [] : [sql`client_id = ${filter.clientId}`]),
      ...(filter.companyId === undefined ? [] : [sql`company_id = ${filter.companyId}`]),
      ...(filter.locationId === undefined ? [] : [sql`location_id = ${filter.locationId}`]),
      ...(filter.region === undefined ? [] : [sql`coalesce(region, 'unknown') = ${filter.region}`]),
    ],
    sql` and `,
  );
  const { frozenBy } = filter;
  const by = (column: SQL) => (frozenBy ? sql`and ${column} <= ${frozenBy.toISOString()}::timestamptz` : sql``);
  const frozen = sql`
    select *, false as is_live from sla_shift_facts as frozen
    where ${narrowed} ${by(sql`frozen_at`)}
      and not exists (
        select from sla_shift_facts as later
        where later.shift_id = frozen.shift_id and later.sequence > frozen.sequence and later.sequence > 1
          ${by(sql`later.frozen_at`)}
      )`;
  if (frozenBy) return frozen;
  return sql`
    ${frozen}
    union all
    select *, true as is_live from sla_live_shift_facts as live
    where ${narrowed} and not exists (select from sla_shift_facts where sla_shift_facts.shift_id = live.shift_id)`;
}
