import type { Sql } from "../../../db/connections";

/** Puts the facts of one worked shift of eight hours on record, without a shift. */
export async function insertPlainFact(
  console: Sql,
  fact: { shift_id: number; client_id: number; client_name: string; local_date: string; frozen_at?: string },
): Promise<void> {
  const none: number[] = [];
  const row = {
    ...{ sequence: 1, definition: 1, frozen_at: new Date(), digest: "a test", correction_reason: null },
    ...{ company_id: 1, company_name: "Vesting Beveiliging", location_id: 1, location_name: "De Kroon", region: null },
    ...{ time_zone: "Europe/Amsterdam", local_hour: 10, status: "completed", headcount: 1, filled_slots: 1 },
    ...{ start_at: `${fact.local_date}T09:00Z`, end_at: `${fact.local_date}T17:00Z` },
    ...{ due: 1, on_time: 1, on_time_uncertain: 0, no_show: 0, no_show_uncertain: 0, late_seconds: [0] },
    ...{ inside: 33, outside: 0, uncertain: 0, fill_seconds: none },
    ...{ planned_seconds: 28_800, confirmed_seconds: 28_800, assumed_seconds: 0, unobserved_seconds: 0 },
    ...{ acknowledge_seconds: none, on_scene_seconds: none, refill_seconds: none, arrive_seconds: none },
    ...{ shift_version: 1, checkin_count: 33 },
    ...fact,
  };
  await console`
    insert into sla_shift_facts select * from jsonb_populate_record(null::sla_shift_facts, ${console.json(row as never)})`;
}
