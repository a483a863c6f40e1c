// `npm run bench:shifts`: candidates for shifts among 10,000 guards and 200,000 shifts, beside the naive forms of the
// same question, in one run. TEST_POSTGRES_URL names the server; `bench_shifts` on it is filled where it is not there.
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";

import { openClient } from "../../db/connections";
import { type Environment, loginUrl } from "../../db/environment";
import { isSeeded, seedSecuryflex } from "../../db/local/seed/seed";
import { scales } from "../../db/local/seed/sizes";
import { prepareDatabases } from "../../db/migrations/prepare";
import * as schema from "../../db/schema";
import { judgeGuardForShift } from "../../db/shifts/candidates/judge-guard-for-shift";
import { listCandidates } from "../../db/shifts/candidates/list-candidates";
import { listOpenShiftsForGuard } from "../../db/shifts/candidates/list-open-shifts-for-guard";
import { environmentOf, onServer } from "../support/templates";
import { latencyOf } from "./quantiles";

const serverUrl = process.env.TEST_POSTGRES_URL;
if (!serverUrl) throw new Error("Name a PostgreSQL with PostGIS that may be filled: TEST_POSTGRES_URL=postgres://...");
const rounds = Number(process.env.BENCH_ROUNDS ?? 200);

const environment: Environment = environmentOf(serverUrl, "bench_shifts", "bench_shifts_console");
await onServer(serverUrl, async (server) => {
  for (const name of ["bench_shifts", "bench_shifts_console"]) {
    const found = await server`select from pg_database where datname = ${name}`;
    if (found.length === 0) await server`create database ${server(name)}`;
  }
});
await prepareDatabases(environment);
const url = environment.DATABASE_URL as string;
const scale = { ...scales.large, fullHours: 1, historyEveryMs: 240 * 3_600_000 }; // the question reads no check-ins
if (!(await isSeeded(url))) await seedSecuryflex(url, { size: "large", scale, seed: 1, asOf: new Date() });

const client = openClient(loginUrl(environment, "console_read"), { max: 1, applicationName: "bench" });
const db = drizzle(client, { schema });
const [size] = await db.execute<{ guards: number; shifts: number; asOf: string }>(sql`
  select
    (select count(*)::integer from security_professionals) as guards,
    (select count(*)::integer from shifts) as shifts,
    (select percentile_disc(0.8) within group (order by start_datetime)::text from shifts) as "asOf"`);
const asOf = new Date((size as { asOf: string }).asOf);
const soon = await db.execute<{ id: number }>(sql`
  select id::integer from shifts
  where start_datetime between ${asOf.toISOString()} and ${asOf.toISOString()}::timestamptz + interval '2 days'
    and status in ('published', 'assigned')
  order by md5(id::text) limit ${rounds}`);

const milliseconds = async (work: () => Promise<unknown>) => {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
};
const measure = async <Subject>(subjects: readonly Subject[], work: (subject: Subject) => Promise<unknown>) => {
  const taken: number[] = [];
  for (const subject of subjects) taken.push(await milliseconds(() => work(subject)));
  return { ...latencyOf(taken), n: taken.length };
};

await measure(soon.slice(0, 10), ({ id }) => listCandidates(db, { shiftId: id, asOf }));
const whole = await measure(soon, ({ id }) => listCandidates(db, { shiftId: id, asOf }));
const inverse = await measure(soon.slice(0, 50), ({ id }) =>
  listOpenShiftsForGuard(db, { guardId: (id % 10_000) + 1, asOf }),
);
const lateral = await measure(soon.slice(0, 50), ({ id }) =>
  db.execute(sql`
    select near.id from shifts
    join locations on locations.id = shifts.location_id
    cross join lateral (
      select id from security_professionals order by home_point <-> locations.location_point limit 400
    ) as near
    where shifts.id = ${id}`),
);
const comma = await measure(soon.slice(0, 50), ({ id }) =>
  db.execute(sql`
    select security_professionals.id from shifts, locations, security_professionals
    where shifts.id = ${id} and locations.id = shifts.location_id
    order by security_professionals.home_point <-> locations.location_point limit 400`),
);
const apart = await measure(soon.slice(0, 5), async ({ id }) => {
  const found = await listCandidates(db, { shiftId: id, asOf });
  for (const { guardId } of found?.candidates ?? []) await judgeGuardForShift(db, { shiftId: id, guardId, asOf });
});
await client.end();

const show = ({ p50, p95, n }: { p50: number; p95: number; n: number }) =>
  `${p95.toFixed(1)} ms (p50 ${p50.toFixed(1)}, n ${n})`;
process.stdout.write(
  `\n${size?.guards} guards, ${size?.shifts} shifts\n\n| what | measured | goal | reached |\n|---|---|---|---|\n`,
);
for (const [what, measured, goal, isReached] of [
  ["candidates for a shift, p95", show(whole), "< 100 ms", whole.p95 < 100],
  ["the same with a query for each guard, p95", show(apart), "slower", apart.p50 > whole.p50],
  ["the 400 nearest in a lateral subquery, p95", show(lateral), "by the index", lateral.p50 < comma.p50],
  ["the 400 nearest by a comma join, p95", show(comma), "slower", comma.p50 > lateral.p50],
  ["open shifts for a guard, p95", show(inverse), "< 100 ms", inverse.p95 < 100],
] as const) {
  process.stdout.write(`| ${what} | ${measured} | ${goal} | ${isReached ? "yes" : "no"} |\n`);
}
process.exit(0);
