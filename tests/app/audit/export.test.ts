import { desc } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";

import { auditEvents } from "../../../db/console/schema";
import { startTestConsole, type TestConsole } from "../../support/console";

let ops: TestConsole;
let session: string;

beforeAll(async () => {
  ops = await startTestConsole();
  session = await ops.signIn("manager");
  await ops.db.insert(auditEvents).values(
    Array.from({ length: 1_500 }, (_, index) => ({
      staffId: ops.staff.dba.id,
      action: "test.export",
      target: `=thing:${index}`,
      outcome: index % 3 === 0 ? ("refused" as const) : ("done" as const),
    })),
  );
});
afterAll(() => ops.close());

test("the file holds every event that matches, newest first, says what it is, and that it was taken is on record", async () => {
  const answer = await ops.ask("/audit.csv?action=test.export&outcome=refused", { session });
  expect(answer.headers.get("content-disposition")).toMatch(/^attachment; filename="audit-/);
  const lines = (await answer.text()).split("\r\n");
  expect(lines[0]).toContain("SecuryFlex audit trail");
  expect(lines[3]).toBe('Filter,"action test.export, outcome refused"');
  const rows = lines.slice(6, -3);
  expect(rows).toHaveLength(500);
  expect(rows[0]).toContain(",refused,test.export,");
  expect(rows[0]).toContain(",'=thing:1497,");
  expect(lines.at(-2)).toBe("End of export,500");

  const whole = await (await ops.ask("/audit.csv?action=test.export", { session })).text();
  expect(new Set(whole.match(/'=thing:\d+/g)).size).toBe(1_500);

  const taken = await ops.db.select().from(auditEvents).orderBy(desc(auditEvents.id)).limit(2);
  expect(taken.map(({ action, outcome, details }) => [action, outcome, details.rows])).toEqual([
    ["audit.export", "done", 1_500],
    ["audit.export", "intent", null],
  ]);
});

test("a filter that cannot be meant gives no file, and a role without the trail gets none", async () => {
  const answer = await ops.ask("/audit.csv?outcome=maybe", { session });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain("The parameter outcome of the address cannot be read");
  expect((await ops.ask("/audit.csv", { session: await ops.signIn("support") })).status).toBe(403);
});
