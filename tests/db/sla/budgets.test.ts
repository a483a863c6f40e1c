import { afterAll, beforeAll, expect, test } from "vitest";

import { freezeOn } from "../../../db/sla/freeze-range";
import { readBudgets } from "../../../db/sla/read-budgets";
import { openSlaStage, type SlaStage } from "./sla-stage";
import { worked } from "./worked";

const asOf = new Date("2026-11-22T13:00:00Z");
let stage: SlaStage;

beforeAll(async () => {
  stage = await openSlaStage();
});
afterAll(() => stage.end());

/** Incidents that were acknowledged after so many seconds, or never. */
const reported = (at: string, answeredAfter: (number | null)[]) =>
  answeredAfter.map((seconds) => ({
    reported: Date.parse(at),
    acknowledged: seconds === null ? null : Date.parse(at) + seconds * 1000,
    onScene: null,
  }));

test("a budget counts the misses of 28 days, those of a client by its own target from the day it holds", async () => {
  await stage.play([
    worked("2026-10-20T09:00:00Z", { checkins: [] }),
    worked("2026-11-16T09:00:00Z", { incidents: reported("2026-11-16T10:00:00Z", [300, 301, null]) }),
    worked("2026-11-17T09:00:00Z", { checkins: [] }),
    worked("2026-11-18T09:00:00Z"),
    worked("2026-11-19T09:00:00Z", { zone: "America/Kralendijk", client: "Rijk Kralendijk", checkins: [] }),
  ]);
  await freezeOn(stage.ground, asOf);
  const all = await readBudgets(stage.appDb, { filter: {}, until: "2026-11-21" });
  expect(all["on-time"]).toMatchObject({ of: 4, allowed: 0, used: 2, left: -2, daysUntilRelief: 24 });
  expect(all["no-show"]).toMatchObject({ of: 4, allowed: 0, used: 2 });
  expect(all["fill-rate"]).toMatchObject({ of: 4, used: 0, daysUntilRelief: null });
  expect(all).not.toHaveProperty("cancelled");
  // One answered within the 300 s of the house, one later, one never.
  expect(all.acknowledge).toMatchObject({ of: 3, allowed: 0, used: 2, mostUsed: 2, daysUntilRelief: 23 });

  const [client] = await stage.appOwner<{ id: string }[]>`
    select distinct client_id as id from sla_shift_facts where client_name = 'Hotel De Kroon'`;
  const clientId = Number(client?.id);
  await stage.appOwner`
    insert into staff (id, email, full_name, role, password_hash)
    values (gen_random_uuid(), 'a@securyflex.example', 'Anouk', 'manager', 'x')`;
  await stage.appOwner`
    insert into sla_targets (client_id, metric, ratio, valid_from, set_by, reason, set_at)
    select ${clientId}, 'on-time', 0.5, '2026-11-17', id, 'Agreed', '2026-11-16T08:00:00Z' from staff`;
  const own = await readBudgets(stage.appDb, { filter: { clientId }, until: "2026-11-21" });
  expect(own["on-time"]).toMatchObject({ of: 3, allowed: 1, used: 1, left: 0 });
  expect(await readBudgets(stage.appDb, { filter: { clientId: 0 }, until: "2026-11-21" })).toMatchObject({
    "on-time": null,
  });
});
