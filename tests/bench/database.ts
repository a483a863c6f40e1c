// `npm run bench:database`: what the console costs the database that it watches, and how fast its overview answers, on
// a PostgreSQL of its own with 1,000 tables and 5,000 statements. BENCH_SECONDS: how long each run lasts, 60.
import { readPanels } from "../../db/jobs/read-panels";
import { readStatements } from "../../db/jobs/read-statements";
import { watchServer } from "../../db/jobs/watch-server";
import { startTestConsole } from "../support/console";
import { playLiveDay } from "../support/live-day";
import { onDatabase } from "../support/on-database";
import { openOwnCluster } from "../support/own-cluster";
import { playWorker } from "../support/play-worker";
import { measureLoad, measureWriters } from "./console-load";
import { measureChecks } from "./panel-costs";
import { latencyOf } from "./quantiles";
import { runHttp } from "./run-http";
import { widen } from "./wide-database";

const seconds = Number(process.env.BENCH_SECONDS ?? 60);
const guards = 2_000;

type Line = { what: string; measured: string; goal: string; isReached: boolean };
const lines: Line[] = [];
const round = (value: number) => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);

const { databases } = await openOwnCluster();
const { DATABASE_URL, CONSOLE_DATABASE_URL } = databases.environment as Record<string, string>;
const ops = await startTestConsole({
  databases,
  variables: { DATABASE_URL: DATABASE_URL as string, CONSOLE_DATABASE_URL: CONSOLE_DATABASE_URL as string },
});
try {
  await onDatabase(DATABASE_URL as string, (sql) => playLiveDay(sql, guards));
  await widen(DATABASE_URL as string);
  const minute = Math.floor(Date.now() / 60_000) * 60_000;
  const slots = [3, 2, 1].map((ago) => new Date(minute - ago * 60_000));
  await playWorker(databases.environment, [readPanels, readStatements, watchServer], slots);
  const cookie = await ops.signIn("dba");

  const overview: Record<"page" | "data", number> = { page: 0, data: 0 };
  for (const [kind, path] of [
    ["page", "/database"],
    ["data", "/database.data"],
  ] as const) {
    await runHttp(ops.url, [path], { clients: 1, seconds: 3, cookie });
    const [latencies = []] = await runHttp(ops.url, [path], { clients: 1, seconds: Math.min(20, seconds), cookie });
    const { p50, p95 } = latencyOf(latencies);
    overview[kind] = p95;
    lines.push({
      what: `overview, ${kind === "page" ? "the whole page" : "what a click within the console asks"}, p95`,
      measured: `${round(p95)} ms (p50 ${round(p50)}, n ${latencies.length})`,
      goal: "< 150 ms",
      isReached: p95 < 150,
    });
  }

  const { panels, totals } = await measureChecks(databases.environment, { rounds: 8 });
  const checks = latencyOf(totals);
  lines.push({
    what: "overview / the same checks one after another, p95",
    measured: `${round(overview.page)} / ${round(checks.p95)} ms = ${(overview.page / checks.p95).toFixed(3)}`,
    goal: "< 1",
    isReached: overview.page < checks.p95,
  });

  const loads = await measureLoad(ops, { cookie, seconds, tabs: [1, 20] });
  const [one, twenty] = loads as [(typeof loads)[number], (typeof loads)[number]];
  lines.push({
    what: "statements of the console a minute, 20 tabs / 1 tab",
    measured: `${round(twenty.callsAMinute)} / ${round(one.callsAMinute)} = ${(twenty.callsAMinute / one.callsAMinute).toFixed(2)}`,
    goal: "≤ 1.1",
    isReached: twenty.callsAMinute <= one.callsAMinute * 1.1,
  });

  const writers = await measureWriters(ops, { cookie, seconds, rounds: 2, guards });
  for (const company of ["database room", "whole console"] as const) {
    const ratio = writers[company] / writers.nothing;
    lines.push({
      what: `writers' check-ins a second, ${company} on / off`,
      measured: `${round(writers[company])} / ${round(writers.nothing)} = ${ratio.toFixed(3)}`,
      goal: "≥ 0.95",
      isReached: ratio >= 0.95,
    });
  }

  process.stdout.write("\n| panel | rows | asked every | cost, p50 / p95 |\n|---|---|---|---|\n");
  for (const { id, rows, everySeconds, latencies, failure } of panels) {
    const { p50, p95 } = latencyOf(latencies);
    const cost = failure ?? `${round(p50)} / ${round(p95)} ms`;
    process.stdout.write(`| ${id} | ${rows ?? ""} | ${everySeconds} s | ${cost} |\n`);
  }
  process.stdout.write("\n| tabs | statements a minute | their time a minute |\n|---|---|---|\n");
  for (const { tabs, callsAMinute, millisecondsAMinute } of loads) {
    process.stdout.write(`| ${tabs} | ${round(callsAMinute)} | ${round(millisecondsAMinute)} ms |\n`);
  }
} finally {
  await ops.close();
}

process.stdout.write("\n| what | measured | goal | reached |\n|---|---|---|---|\n");
for (const { what, measured, goal, isReached } of lines) {
  process.stdout.write(`| ${what} | ${measured} | ${goal} | ${isReached ? "yes" : "no"} |\n`);
}
process.exit(0);
