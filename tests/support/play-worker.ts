import { drizzle } from "drizzle-orm/postgres-js";

import { openClient, type Sql } from "../../db/connections";
import { type Environment, loginUrl } from "../../db/environment";
import type { Job } from "../../db/jobs/job";
import * as schema from "../../db/schema";

/** Runs jobs once for each slot, one after the other, as the worker does when their minute comes. */
export async function playWorker(
  environment: Environment,
  jobs: readonly Job[],
  slots: readonly Date[],
): Promise<void> {
  const open = (login: "console_read" | "console_ops" | "console_app") =>
    openClient(loginUrl(environment, login), { max: 1, applicationName: "securyflex-console worker" });
  const [read, ops, app] = [open("console_read"), open("console_ops"), open("console_app")];
  const write = <Result>(work: (sql: Sql) => Promise<Result>) =>
    app.begin((sql) => work(sql as unknown as Sql)) as Promise<Result>;
  const { signal } = new AbortController();
  const [securyflex, operate] = [drizzle(read, { schema }), drizzle(ops, { schema })];
  try {
    for (const slot of slots) for (const job of jobs) await job.run({ securyflex, operate, write, signal, slot });
  } finally {
    await Promise.all([read, ops, app].map((client) => client.end()));
  }
}
