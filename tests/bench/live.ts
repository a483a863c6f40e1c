// `npm run bench:live`: tiles, queries, events and scripts against their goals, in one run. TEST_POSTGRES_URL names the server.
import { loginUrl } from "../../db/environment";
import { ensureBuild } from "../support/build";
import { startTestConsole } from "../support/console";
import { measureFirstLoads } from "../support/first-load";
import { openBenchDatabases } from "./bench-databases";
import { measureCommitToEvent } from "./live-stream";
import { type Latency, latencyOf } from "./quantiles";
import { measureRoomQueries } from "./room-queries";
import { runHttp } from "./run-http";
import { runPgbench } from "./run-pgbench";
import { rawStatement, tileMix } from "./tile-mix";

const serverUrl = process.env.TEST_POSTGRES_URL;
if (!serverUrl) throw new Error("Name a PostgreSQL with PostGIS that may be filled: TEST_POSTGRES_URL=postgres://...");
const seconds = Number(process.env.BENCH_SECONDS ?? 20);

type Line = { what: string; measured: string; goal: string; isReached: boolean };
const lines: Line[] = [];
const round = (milliseconds: number) => milliseconds.toFixed(milliseconds < 10 ? 2 : 1);
const show = ({ p50, p95 }: Latency) => `${round(p50)} / ${round(p95)} ms`;

await ensureBuild();
const large = await openBenchDatabases(serverUrl, "large");
const medium = await openBenchDatabases(serverUrl, "medium");
const { DATABASE_URL, CONSOLE_DATABASE_URL } = large.environment;
const console_ = await startTestConsole({
  databases: large,
  variables: { DATABASE_URL: DATABASE_URL as string, CONSOLE_DATABASE_URL: CONSOLE_DATABASE_URL as string },
});
try {
  const reader = loginUrl(large.environment, "console_read");
  const asOf = new Date();
  const raw = await Promise.all(tileMix.map((tile) => rawStatement(tile, reader, asOf)));
  const statements = raw.map(({ text }) => text);
  const paths = tileMix.map(({ path }) => path);
  const cookie = await console_.signIn("ops");
  await runHttp(console_.url, paths, { clients: 4, seconds: 3, cookie });
  const runs = new Map<number, { sql: number[][]; http: number[][] }>();
  for (const [clients, goal] of [
    [1, 1.15],
    [16, 1.25],
  ] as const) {
    const sql = await runPgbench(reader, statements, { clients, seconds });
    const http = await runHttp(console_.url, paths, { clients, seconds, cookie });
    runs.set(clients, { sql, http });
    const [below, above] = [latencyOf(sql.flat()), latencyOf(http.flat())];
    for (const quantile of ["p50", "p95"] as const) {
      const ratio = above[quantile] / below[quantile];
      lines.push({
        what: `tiles over HTTP / raw SQL, ${quantile}, ${clients} client${clients > 1 ? "s" : ""}`,
        measured: `${round(above[quantile])} / ${round(below[quantile])} ms = ${ratio.toFixed(2)}`,
        goal: `≤ ${goal}`,
        isReached: ratio <= goal,
      });
    }
  }
  const million = loginUrl(medium.environment, "console_read");
  const ofMillion = await Promise.all(tileMix.map((tile) => rawStatement(tile, million, asOf)));
  const small = await runPgbench(
    million,
    ofMillion.map(({ text }) => text),
    { clients: 1, seconds },
  );
  const [one, ten] = [latencyOf(small.flat()), latencyOf(runs.get(1)?.sql.flat() ?? [])];
  lines.push({
    what: "tiles, 10 million check-ins / 1 million, p50",
    measured: `${round(ten.p50)} / ${round(one.p50)} ms = ${(ten.p50 / one.p50).toFixed(2)}`,
    goal: "≤ 1.2",
    isReached: ten.p50 / one.p50 <= 1.2,
  });

  const queries = await measureRoomQueries({ medium: million, large: reader });
  const slowest = queries.reduce((one, other) => (other.p95 > one.p95 ? other : one));
  lines.push(
    {
      what: `slowest of ${queries.length} queries of both rooms, p95 at 10 million check-ins`,
      measured: `${round(slowest.p95)} ms (${slowest.name})`,
      goal: "< 100 ms",
      isReached: slowest.p95 < 100,
    },
    {
      what: "queries that use the index they name at 1 million check-ins",
      measured: `${queries.filter(({ isIndexUsed }) => isIndexUsed).length} of ${queries.length}`,
      goal: "all",
      isReached: queries.every(({ isIndexUsed }) => isIndexUsed),
    },
  );
  process.stdout.write("\n| query | index | used | p50 / p95, 10 million |\n|---|---|---|---|\n");
  for (const query of queries) {
    process.stdout.write(
      `| ${query.name} | ${query.index ?? "short tables whole"} | ${query.isIndexUsed ? "yes" : "no"} | ${show(query)} |\n`,
    );
  }

  process.stdout.write(
    "\n| tile | bytes | SQL, 1 client | HTTP, 1 client | SQL, 16 | HTTP, 16 | SQL, 1 million |\n|---|---|---|---|---|---|---|\n",
  );
  tileMix.forEach(({ name }, index) => {
    const [alone, many] = [runs.get(1), runs.get(16)];
    const columns = [alone?.sql, alone?.http, many?.sql, many?.http, small].map((run) =>
      show(latencyOf(run?.[index] ?? [])),
    );
    process.stdout.write(`| ${name} | ${raw[index]?.bytes} | ${columns.join(" | ")} |\n`);
  });
} finally {
  await console_.close();
  await medium.drop();
}

const { p50Ms, p95Ms, n } = await measureCommitToEvent();
lines.push({
  what: `commit → event, p95 of ${n}`,
  measured: `${round(p95Ms)} ms (p50 ${round(p50Ms)})`,
  goal: "≤ 100 ms",
  isReached: p95Ms <= 100,
});
const loads = [...measureFirstLoads()].sort(([, one], [, other]) => other - one);
const [heaviest, heaviestBytes] = loads[0] as [string, number];
lines.push({
  what: "JS of the first load, brotli, heaviest page",
  measured: `${(heaviestBytes / 1024).toFixed(1)} KiB (${heaviest.replace("routes/", "")})`,
  goal: "≤ 110 KiB",
  isReached: heaviestBytes <= 110 * 1024,
});

process.stdout.write("\n| page | JS, KiB brotli |\n|---|---|\n");
for (const [id, bytes] of loads)
  process.stdout.write(`| ${id.replace("routes/", "")} | ${(bytes / 1024).toFixed(1)} |\n`);
process.stdout.write("\n| what | measured | goal | reached |\n|---|---|---|---|\n");
for (const { what, measured, goal, isReached } of lines) {
  process.stdout.write(`| ${what} | ${measured} | ${goal} | ${isReached ? "yes" : "no"} |\n`);
}
process.exit(0);
