// `npm run bench:sla`: the numbers of the SLA room of 200,000 shifts and 10 million check-ins from sums of their days,
// beside the same numbers from the facts of each shift and one from the check-ins themselves, in one run. TEST_POSTGRES_URL names the server; `tiles_large` on it is read
// only and filled where it is not there, the facts go into a console's database that is dropped at the end.
import { loadavg } from "node:os";

import { getTableColumns, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";

import { openClient, type Sql } from "../../db/connections";
import * as consoleSchema from "../../db/console/schema";
import { slaShiftFacts } from "../../db/console/sla-facts";
import { loginUrl } from "../../db/environment";
import { addDays } from "../../db/rules/sla/period";
import * as schema from "../../db/schema";
import { freezeRange } from "../../db/sla/freeze-range";
import { listSlaShifts } from "../../db/sla/list-sla-shifts";
import { readDurationCases, readShareCases } from "../../db/sla/read-group-cases";
import { readSlaByGroup, readSlaHeat, readSlaSeries, readSlaSummary } from "../../db/sla/read-sla";
import type { SlaFilter } from "../../db/sla/standing-facts";
import { openBenchDatabases } from "./bench-databases";
import { latencyOf } from "./quantiles";

const serverUrl = process.env.TEST_POSTGRES_URL;
if (!serverUrl) throw new Error("Name a PostgreSQL with PostGIS that may be filled: TEST_POSTGRES_URL=postgres://...");
const rounds = Number(process.env.BENCH_ROUNDS ?? 40);
const dayMs = 86_400_000;

const { environment, drop } = await openBenchDatabases(serverUrl, "large", { isCounted: false });
const open = (login: "console_read" | "console_app" | "console_owner", max: number) =>
  openClient(loginUrl(environment, login), { max, applicationName: "bench" });
const [readClient, app, appClient, owner] = [
  open("console_read", 2),
  open("console_app", 1),
  open("console_app", 4),
  open("console_owner", 1),
];
const ownerClient = open("console_owner", 1);
const [securyflex, appDb] = [drizzle(readClient, { schema }), drizzle(appClient, { schema: consoleSchema })];
const write = async <Result>(work: (sql: Sql) => Promise<Result>) =>
  (await app.begin((transaction) => work(transaction as unknown as Sql))) as Result;

const [span] = await securyflex.execute<{ last: number; checkins: number }>(sql`
  select date_part('epoch', (select max(created_at) from gps_checkins)) as last,
         (select reltuples from pg_class where relname = 'gps_checkins') as checkins`);
const last = new Date(Math.floor((span?.last as number) / 86_400) * dayMs);
const lines: string[] = [];
const tell = (what: string, measured: string, { from, goal, isReached }: Judged) =>
  lines.push(`| ${what} | ${measured} | ${from} | ${goal} | ${isReached ? "yes" : "no"} |`);
type Judged = { from: string; goal: string; isReached: boolean };
const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
const timed = async <Result>(work: () => Promise<Result>) => {
  const startedAt = performance.now();
  const result = await work();
  return { took: performance.now() - startedAt, result };
};

const freeze = (from: Date, until: Date) =>
  timed(() => freezeRange({ securyflex, write }, { from, until, asOf: new Date(+last + 10 * dayMs) }));
const daysAgo = (days: number) => new Date(+last - days * dayMs);

/** Of some days, each told alone. */
const freezeDays = async (days: number[]) => {
  const taken: number[] = [];
  for (const day of days) taken.push((await freeze(daysAgo(day + 1), daysAgo(day))).took);
  return latencyOf(taken).p50;
};

await freezeDays([0]);
const dayBefore = await freezeDays([1, 2, 3]);
const month = await freeze(daysAgo(30), last);
const again = await freeze(daysAgo(30), last);
const under5 = (took: number) => ({ from: "", goal: "< 5 s", isReached: took < 5000 });
tell(`26 of 30 days told and frozen, ${month.result.frozen} shifts`, seconds(month.took), {
  from: "",
  goal: "",
  isReached: true,
});
tell(`30 days told again, ${again.result.same} shifts, all the same`, seconds(again.took), under5(again.took));
await freeze(daysAgo(38), daysAgo(30));
await owner`vacuum analyze sla_shift_facts`;
await owner`vacuum analyze sla_sums`;

const until = last.toISOString().slice(0, 10);
const period = { from: addDays(until, -27), until };
const [client] = await appDb.execute<{ id: number }>(sql`
  select client_id::float8 as id from sla_shift_facts group by 1 order by count(*) desc limit 1`);
const clientId = client?.id as number;
const questions = (filter: SlaFilter) => ({
  summary: () => readSlaSummary(appDb, { filter, period }),
  "by day": () => readSlaSeries(appDb, { filter, period, by: "day" }),
  "by client": () => readSlaByGroup(appDb, { filter, period, by: "client" }),
  "by region": () => readSlaByGroup(appDb, { filter, period, by: "region" }),
  "on-time by location, now and before": () =>
    readShareCases(appDb, { filter, period, by: "location", metric: "on-time" }),
  "minutes late by location, now and before": () =>
    readDurationCases(appDb, { filter, period, by: "location", kind: "late" }),
  heat: () => readSlaHeat(appDb, { filter, period }),
  misses: () => listSlaShifts(appDb, { filter, period, metric: "on-time", part: "misses", limit: 50 }),
});
const measure = async (work: () => Promise<unknown>, times: number) => {
  await work();
  const taken: number[] = [];
  for (let round = 0; round < times; round += 1) taken.push((await timed(work)).took);
  return latencyOf(taken);
};
const show = ({ p50, p95 }: { p50: number; p95: number }) => `${p95.toFixed(1)} ms (p50 ${p50.toFixed(1)})`;
for (const [whose, filter] of [
  ["all clients", {}],
  ["one client", { clientId }],
] as const) {
  const fromFacts = questions({ ...filter, frozenBy: new Date(+last + 20 * dayMs) });
  for (const [name, ask] of Object.entries(questions(filter))) {
    const measured = await measure(ask, rounds);
    const naive = await measure(fromFacts[name as keyof typeof fromFacts], 5);
    tell(`${name}, 28 days, ${whose}, p95`, show(measured), {
      from: name === "misses" ? "" : `${naive.p50.toFixed(0)} ms`,
      goal: "< 100 ms",
      isReached: measured.p95 < 100,
    });
  }
}

const { summary } = questions({});
const naive = await timed(() =>
  securyflex.transaction(async (transaction) => {
    await transaction.execute(sql`select set_config('statement_timeout', '120s', true)`);
    return transaction.execute(sql`
      select count(*) filter (where is_within_radius)::float8 / nullif(count(*) filter (where is_within_radius is not null), 0)
      from gps_checkins join shifts on shifts.id = gps_checkins.shift_id
      where shifts.start_datetime >= ${daysAgo(27).toISOString()} and shifts.start_datetime < ${last.toISOString()}`);
  }),
);
tell("one share of the summary from the check-ins", seconds(naive.took), { from: "", goal: "", isReached: true });

const few = await measure(summary, rounds);
const ownerDb = drizzle(ownerClient, { schema: consoleSchema });
for (let times = 1; times <= 9; times += 1) {
  const earlier: Record<string, ReturnType<typeof sql>> = {
    shift_id: sql`shift_id + ${10_000_000 * times}`,
    local_date: sql`local_date - ${60 * times}::integer`,
    start_at: sql`start_at - ${60 * times} * interval '1 day'`,
  };
  const columns = Object.values(getTableColumns(slaShiftFacts)).map(
    ({ name }) => earlier[name] ?? sql.identifier(name),
  );
  await ownerDb.execute(sql`
    insert into sla_shift_facts select ${sql.join(columns, sql`, `)} from sla_shift_facts where shift_id < 10000000`);
}
await owner`vacuum analyze sla_shift_facts`;
await owner`vacuum analyze sla_sums`;
const many = await measure(summary, rounds);
const dayAfter = await freezeDays([39, 40, 41]);
const flat = (ratio: number) => ({ from: "", goal: "≤ 1.5", isReached: ratio <= 1.5 });
tell(
  "summary with 10 times the history / before, p50",
  `${many.p50.toFixed(1)} / ${few.p50.toFixed(1)} ms`,
  flat(many.p50 / few.p50),
);
tell(
  "one day told and frozen, with 10 times the history / before",
  `${seconds(dayAfter)} / ${seconds(dayBefore)}`,
  flat(dayAfter / dayBefore),
);

await Promise.all([readClient, app, appClient, owner, ownerClient].map((one) => one.end()));
await drop();
process.stdout.write(
  `\n${Math.round(span?.checkins as number)} check-ins, load ${loadavg()
    .map((load) => load.toFixed(1))
    .join(" ")}\n\n| what | measured | from facts | goal | reached |\n|---|---|---|---|---|\n${lines.join("\n")}\n`,
);
process.exit(0);
