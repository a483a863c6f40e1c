import { randomUUID } from "node:crypto";

import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openClient, type Sql } from "../../../db/connections";
import { evidenceLinks } from "../../../db/console/evidence-links";
import { operationRuns } from "../../../db/console/operations";
import { auditEvents } from "../../../db/console/schema";
import { startWorker, type Worker } from "../../../db/jobs/worker";
import { startTestConsole, type TestConsole } from "../../support/console";
import { until } from "../../support/until";

let ops: TestConsole;
let worker: Worker;
let owner: Sql;
let manager: string;
const [ended, underWay] = [1, 2];

beforeAll(async () => {
  ops = await startTestConsole();
  worker = await startWorker(ops.environment, { jobs: [], tickSeconds: 0.2, stopSeconds: 2, log: () => {} });
  owner = openClient(ops.environment.DATABASE_URL as string, { max: 1, applicationName: "tests" });
  manager = await ops.signIn("manager");
  await plantShifts();
});
afterAll(async () => {
  await worker?.stop();
  await owner?.end();
  await ops?.close();
});

/** Shift 1 ended an hour ago, with check-ins before, in and after it; shift 2 goes on. Both had a guard who was sick. */
async function plantShifts() {
  await owner.unsafe(`
    insert into organizations (id, name, kind) overriding system value
    values (1, 'Vesting Beveiliging', 'company'), (2, 'Hotel De Kroon', 'client');
    insert into locations (id, organization_id, name, address, city, location_point) overriding system value
    values (1, 2, 'De Kroon', 'Dam 9', 'Amsterdam', 'SRID=4326;POINT(4.8926 52.3731)');
    insert into users (role, full_name, email) values ('zzp', 'Noor Bakker', 'n@zzp.example');
    insert into security_professionals (id, user_id, home_point, hourly_rate, vca_certificate, guard_pass_colour, guard_pass_valid_until)
    overriding system value
    select 1, id, 'SRID=4326;POINT(4.9 52.37)', 25, '{"valid_until": "2040-01-01"}', 'grey', '2040-01-01' from users;
    insert into shifts (id, company_id, client_id, location_id, professional_id, status, start_datetime, end_datetime, hourly_rate, published_at, assigned_at)
    overriding system value
    values (${ended}, 1, 2, 1, 1, 'completed', now() - interval '9 hours', now() - interval '1 hour', 31.5, now() - interval '3 days', now() - interval '2 days'),
           (${underWay}, 1, 2, 1, 1, 'active', now() - interval '30 minutes', now() + interval '7 hours', 31.5, now() - interval '3 days', now() - interval '2 days');
    update assignments set ended_at = now() - interval '1 day', ended_reason = 'sick' where shift_id = ${ended} and ended_at is null;
    insert into gps_checkins (shift_id, professional_id, kind, gps_point, accuracy_meters, recorded_at, created_at)
    select ${ended}, 1, kind, format('SRID=4326;POINT(%s 52.3731)', longitude)::geography, 8, at, at
    from (values ('in', 4.8911, now() - interval '9 hours 10 minutes'), ('ping', 4.8926, now() - interval '5 hours'),
                 ('out', 4.8977, now() - interval '50 minutes')) as heard (kind, longitude, at)`);
}

/** Plans and confirms as the manager does, and waits for the run. Returns its id. */
async function carryOut(path: string, shiftId: number): Promise<string> {
  const html = await (await ops.ask(path, { session: manager, headers: { Accept: "text/html" } })).text();
  const digest = html.match(/name="digest" value="([^"]*)"/)?.[1] ?? "";
  const runId = randomUUID();
  const [bare, search] = path.split("?") as [string, string];
  const fields = { ...Object.fromEntries(new URLSearchParams(search)), runId, digest };
  const body = new URLSearchParams({ ...fields, target: `shift:${shiftId}`, reason: "the client disputes the hours" });
  const answer = await ops.ask(bare, { method: "POST", session: manager, body });
  expect([answer.status, answer.headers.get("location")]).toEqual([302, `/shifts/${shiftId}/evidence?run=${runId}`]);
  await until(async () => {
    const [run] = await ops.db.select().from(operationRuns).where(eq(operationRuns.id, runId));
    return run?.state === "done";
  });
  return runId;
}

const share = (shiftId: number, recipient: string) =>
  `/shifts/${shiftId}/evidence/share-evidence?${new URLSearchParams({ shift: String(shiftId), recipient, days: "7" })}`;

async function addressOf(linkId: string): Promise<string> {
  const html = await (await ops.ask(`/shifts/${ended}/evidence`, { session: manager })).text();
  return html.match(new RegExp(`/evidence/${linkId}\\.[\\w-]{43}`))?.[0] ?? "";
}

const openAsStranger = async (path: string) => {
  const answer = await ops.ask(path, { headers: { Accept: "text/html" } });
  return { status: answer.status, html: await answer.text(), headers: answer.headers };
};

test("a manager shares a shift that has ended; whoever has the address reads that shift, and each opening is on record", async () => {
  const linkId = await carryOut(share(ended, "Hotel De Kroon, legal"), ended);
  const address = await addressOf(linkId);
  const { status, html, headers } = await openAsStranger(address);
  expect(status).toBe(200);
  expect(html).toContain("Hotel De Kroon, legal");
  expect(html).toContain("Noor Bakker");
  expect([headers.get("cache-control"), headers.get("referrer-policy")]).toEqual(["no-store", "same-origin"]);
  const openings = await ops.db.select().from(auditEvents).where(eq(auditEvents.action, "evidence.open"));
  expect(openings).toEqual([
    expect.objectContaining({
      staffId: null,
      target: `shift:${ended}`,
      details: expect.objectContaining({ link: linkId }),
    }),
  ]);
  const [link] = await ops.db.select().from(evidenceLinks).where(eq(evidenceLinks.id, linkId));
  expect(link?.openedCount).toBe(1);
});

test("it shows no position outside the planned time, no rate, and not why a guard gave the shift back", async () => {
  const [link] = await ops.db.select().from(evidenceLinks);
  const { html } = await openAsStranger(await addressOf(link?.id as string));
  expect(html).toContain("4.8926");
  expect(html.match(/4\.8911|4\.8977/g)).toBeNull();
  expect(html.match(/31[.,]5|sick/g)).toBeNull();
  expect(html).toContain("released");
  expect(html).toContain("1 position around the post");
});

test("the secret part of an address stands in no log and in no table", async () => {
  const [link] = await ops.db.select().from(evidenceLinks);
  const address = await addressOf(link?.id as string);
  await openAsStranger(address);
  const secret = address.split(".").at(-1) as string;
  await until(async () => ops.log.some(({ path }) => path === `/evidence/${link?.id}.…`));
  expect(JSON.stringify(ops.log)).not.toContain(secret);
  const [row] = await ops.db.execute<{ all_text: string }>(sql`
    select (select jsonb_agg(r) from operation_runs r)::text || (select jsonb_agg(l) from evidence_links l)::text
           || (select jsonb_agg(e) from audit_events e)::text as all_text`);
  expect(row?.all_text).not.toContain(secret);
});

test("an address that was altered, of another link or of another console opens nothing", async () => {
  const [link] = await ops.db.select().from(evidenceLinks);
  const address = await addressOf(link?.id as string);
  const secret = address.split(".").at(-1) as string;
  const altered = `${secret.slice(0, -2)}${secret.endsWith("AA") ? "BB" : "AA"}`;
  for (const path of [
    `/evidence/${link?.id}.${altered}`,
    `/evidence/${randomUUID()}.${secret}`,
    `/evidence/${link?.id}`,
    `/evidence/${link?.id}.`,
    "/evidence/x",
  ]) {
    const { status, html } = await openAsStranger(path);
    expect([path, status]).toEqual([path, 404]);
    expect(html).not.toContain("De Kroon");
  }
});

test("nobody shares a shift that goes on, and only who may share sees the links", async () => {
  const html = await (await ops.ask(share(underWay, "Somebody"), { session: manager })).text();
  expect(html).toContain("nobody outside follows a guard while they work");
  for (const role of ["support", "ops", "dba"] as const) {
    const answer = await ops.ask(`/shifts/${ended}/evidence`, { session: await ops.signIn(role) });
    expect([role, answer.status]).toEqual([role, 403]);
  }
});

test("after its last day, or when it was ended, the address says so and shows nothing", async () => {
  const second = await carryOut(share(ended, "Second reader"), ended);
  const address = await addressOf(second);
  await carryOut(`/shifts/${ended}/evidence/end-evidence?link=${second}`, ended);
  const closed = await openAsStranger(address);
  expect(closed.status).toBe(410);
  expect(closed.html).toContain("It was ended by SecuryFlex.");
  expect(closed.html).not.toContain("De Kroon");
  const third = await carryOut(share(ended, "Third reader"), ended);
  const late = await addressOf(third);
  await ops.db
    .update(evidenceLinks)
    .set({ sharedAt: new Date(Date.now() - 86_400_000), expiresAt: new Date(Date.now() - 1000) })
    .where(eq(evidenceLinks.id, third));
  const over = await openAsStranger(late);
  expect([over.status, over.html.includes("Its last day is over.")]).toEqual([410, true]);
});
