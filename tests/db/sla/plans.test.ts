import { afterAll, beforeAll, expect, test } from "vitest";

import { openClient } from "../../../db/connections";
import { loginUrl } from "../../../db/environment";
import type { Grouping } from "../../../db/sla/groupings";
import { listSlaShifts } from "../../../db/sla/list-sla-shifts";
import { readCases } from "../../../db/sla/read-cases";
import { readCounts } from "../../../db/sla/read-counts";
import { cloneDatabases, type TestDatabases } from "../../support/databases";
import { explainLastOfConsole } from "../../support/plan";
import { insertPlainFact } from "./plain-fact";

let databases: TestDatabases;
const period = { from: "2026-11-01", until: "2026-11-28" };

/** Two years of facts, sixteen each day. */
beforeAll(async () => {
  databases = await cloneDatabases();
  const owner = openClient(loginUrl(databases.environment, "console_owner"), { max: 1, applicationName: "tests" });
  await insertPlainFact(owner, { shift_id: 1, client_id: 1, client_name: "Hotel De Kroon", local_date: "2025-01-01" });
  await owner`
    insert into sla_shift_facts
    select copy.* from sla_shift_facts as fact, generate_series(2, 12000) as n,
           jsonb_populate_record(fact, jsonb_build_object(
             'shift_id', n, 'client_id', n % 20, 'location_id', n % 50, 'local_date', fact.local_date + n / 16)) as copy`;
  await owner`analyze sla_shift_facts`;
  await owner`analyze sla_sums`;
  await owner.end();
});
afterAll(() => databases.drop());

test("the room reads sums of its days by their index and no facts, and lists shifts by the index of their days", async () => {
  const explain = async (clientId: number | undefined, by: Grouping) => {
    const question = { filter: clientId === undefined ? {} : { clientId }, period, by };
    return [
      await explainLastOfConsole(databases.environment, (db) => readCounts(db, question)),
      await explainLastOfConsole(databases.environment, (db) => readCases(db, question)),
    ];
  };
  for (const by of ["all", "day", "week", "hour", "client", "region", "location"] as const) {
    for (const { indexes, nodes } of await explain(undefined, by)) {
      expect(indexes).toContain("sla_sums_dimension_local_date_idx");
      expect(nodes.map((node) => node["Relation Name"])).not.toContain("sla_shift_facts");
    }
  }
  for (const { indexes } of await explain(7, "day")) expect(indexes).toContain("sla_sums_pkey");
  const list = await explainLastOfConsole(databases.environment, (db) =>
    listSlaShifts(db, { filter: {}, period, metric: "on-time", part: "misses", limit: 50 }),
  );
  expect(list.scannedWhole).not.toContain("sla_shift_facts");
});
