import { sql } from "drizzle-orm";

import type { ConsoleDatabase } from "../connections";
import type { SlaFilter } from "./standing-facts";

export type SlaChoice = { id: number; name: string };

export type SlaChoices = {
  clients: SlaChoice[];
  regions: string[];
  /** Those of the chosen client, or of the chosen location's; none where neither is chosen, since there are thousands. */
  locations: SlaChoice[];
  /** The chosen one; null where none is, or nothing is told of it. */
  company: SlaChoice | null;
};

/** Whom numbers can be narrowed to, by their newest names. sla_names_pkey and sla_sums_pkey, one probe for each region. */
export async function listSlaChoices(db: ConsoleDatabase, filter: SlaFilter): Promise<SlaChoices> {
  const [clients, regions, locations, company] = await Promise.all([
    listSlaClients(db),
    listRegions(db),
    listLocations(db, filter),
    filter.companyId === undefined ? [] : listNames(db, "company", [filter.companyId]),
  ]);
  return { clients, regions, locations, company: company[0] ?? null };
}

export function listSlaClients(db: ConsoleDatabase): Promise<SlaChoice[]> {
  return listNames(db, "client");
}

async function listNames(
  db: ConsoleDatabase,
  dimension: "client" | "company" | "location",
  ids?: readonly number[],
): Promise<SlaChoice[]> {
  const among = ids ? sql`and key = any(${`{${ids.join()}}`}::text[])` : sql``;
  const rows = await db.execute<SlaChoice>(sql`
    select key::float8 as id, name from sla_names where dimension = ${dimension} ${among}`);
  return [...rows].sort((one, other) => compare(one.name, other.name));
}

async function listRegions(db: ConsoleDatabase): Promise<string[]> {
  const rows = await db.execute<{ key: string }>(sql`
    with recursive regions as (
      (select key from sla_sums where dimension = 'region' order by key limit 1)
      union all
      select later.key
      from regions, lateral (
        select key from sla_sums where dimension = 'region' and key > regions.key order by key limit 1
      ) as later
    )
    select key from regions where key <> 'unknown'`);
  return rows.map(({ key }) => key).sort(compare);
}

/** sla_shift_facts_client_id_local_date_idx, or that of the location. */
async function listLocations(db: ConsoleDatabase, { clientId, locationId }: SlaFilter): Promise<SlaChoice[]> {
  if (clientId === undefined && locationId === undefined) return [];
  const client =
    clientId === undefined
      ? sql`(select client_id from sla_shift_facts where location_id = ${locationId} order by local_date desc limit 1)`
      : sql`${clientId}`;
  const rows = await db.execute<{ id: number }>(sql`
    select location_id::float8 as id from sla_shift_facts where client_id = ${client}
    union
    select location_id::float8 from sla_live_shift_facts where client_id = ${client}`);
  return listNames(
    db,
    "location",
    rows.map(({ id }) => id),
  );
}

const { compare } = new Intl.Collator("nl", { numeric: true });
