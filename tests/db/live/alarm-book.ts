import { drizzle } from "drizzle-orm/postgres-js";

import { type ConsoleDatabase, type Database, openClient, type Sql } from "../../../db/connections";
import { alarms } from "../../../db/console/alarm-tables";
import * as consoleSchema from "../../../db/console/schema";
import { type Environment, loginUrl } from "../../../db/environment";
import { keepAlarms } from "../../../db/live/alarms/keep-alarms";
import * as schema from "../../../db/schema";
import { until } from "../../support/until";
import { now } from "./board";

export type AlarmBook = Awaited<ReturnType<typeof openAlarmBook>>;

/** The alarms of a test's databases, kept as the worker keeps them, by a clock that the test turns. */
export async function openAlarmBook(environment: Environment) {
  const open = (login: "console_app" | "console_read") =>
    openClient(loginUrl(environment, login), { max: 6, applicationName: "tests" });
  const [app, forDrizzle, readClient] = [open("console_app"), open("console_app"), open("console_read")];
  const securyflex: Database = drizzle(readClient, { schema });
  const db: ConsoleDatabase = drizzle(forDrizzle, { schema: consoleSchema });
  const write = async <Result>(work: (sql: Sql) => Promise<Result>) =>
    (await app.begin((sql) => work(sql as unknown as Sql))) as Result;
  const inMinutes = (at: Date | null) => (at === null ? "" : Math.round((+at - +now) / 60_000));
  return {
    db,
    securyflex,
    write,
    judge: (asOf: Date) => keepAlarms({ securyflex, write, asOf }),
    list: () => db.select().from(alarms).orderBy(alarms.beganAt, alarms.id),
    /** In minutes from now: what, from when to when, why it ended, how often. */
    tell: async () =>
      (await db.select().from(alarms).orderBy(alarms.beganAt, alarms.id)).map(
        ({ kind, beganAt, endedAt, ending, times }) =>
          `${kind} ${inMinutes(beganAt)}..${inMinutes(endedAt)} ${ending ?? "open"} ×${times}`,
      ),
    /** Runs `start` while the clock's row is held, until `count` of what it began wait for a lock; then lets go. */
    whileHeld: async <Result>(count: number, start: () => Promise<Result>): Promise<Result> => {
      let begun: Promise<Result> | undefined;
      await app.begin(async (transaction) => {
        await transaction`select from alarm_clock for update`;
        begun = start();
        begun.catch(() => {});
        await until(
          async () => {
            const [row] = await app<{ waiting: number }[]>`
              select count(*)::int as waiting from pg_stat_activity
              where datname = current_database() and wait_event_type = 'Lock'`;
            return (row?.waiting ?? 0) >= count;
          },
          { withinSeconds: 30 },
        );
      });
      return begun as Promise<Result>;
    },
    clear: async () => {
      await app`delete from unobserved_spans`;
      await app`delete from alarms`;
      await app`delete from shift_reaches`;
      await app`update alarm_clock set judged_at = null, outage_since_at = null, outage_held_at = null`;
    },
    close: async () => {
      await Promise.all([app, forDrizzle, readClient].map((client) => client.end()));
    },
  };
}
