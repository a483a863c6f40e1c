import { afterAll, beforeAll, expect, inject, test } from "vitest";

import { firstPages, roles } from "../../../app/auth/permissions";
import { openClient } from "../../../db/connections";
import { type Login, loginUrl } from "../../../db/environment";
import { startWorker } from "../../../db/jobs/worker";
import { startTestConsole, type TestConsole } from "../../support/console";
import { openEventStream } from "../../support/event-stream";
import { checkInNow, playLiveDay } from "../../support/live-day";
import { openPooler, type Pooler } from "../../support/pgbouncer";
import { until } from "../../support/until";

let pooler: Pooler;
let app: TestConsole;

beforeAll(async () => {
  pooler = await openPooler(inject("serverUrl"));
  app = await startTestConsole({ through: pooler.through });
}, 240_000);

afterAll(async () => {
  await app?.close();
  await pooler?.close();
});

const servingLogins: Login[] = ["console_read", "console_ops", "console_admin", "console_app"];

test.each(servingLogins)("%s asks through the pooler, twenty questions at once with parameters", async (login) => {
  const sql = openClient(pooler.through(loginUrl(app.environment, login)), { max: 5, applicationName: "tests" });
  const numbers = Array.from({ length: 20 }, (_, index) => index);
  const answers = await Promise.all(
    numbers.map(async (number) => {
      const [row] = await sql.begin(
        (transaction) => transaction`select ${number}::int as number, current_user as login`,
      );
      return row;
    }),
  );
  await sql.end();
  expect(answers).toEqual(numbers.map((number) => ({ number, login })));
});

test("questions with parameters and without share two connections, and each is answered", async () => {
  const url = pooler.through(loginUrl(app.environment, "console_read"));
  const sql = openClient(url, { max: 2, applicationName: "tests" });
  const others = openClient(url, { max: 20, applicationName: "tests" });
  const ask = (client: typeof sql) =>
    Array.from({ length: 300 }, (_, number) =>
      number % 2 === 0 ? client.unsafe("select 1 as one") : client.unsafe("select $1::int as one", [1]),
    );
  const answers = await Promise.all([...ask(sql), ...ask(others)]);
  expect(answers.filter(([row]) => row?.one === 1)).toHaveLength(600);
  await Promise.all([sql.end(), others.end()]);
});

test("a wrong password is refused by the pooler as the server would", async () => {
  const url = new URL(pooler.through(loginUrl(app.environment, "console_app")));
  url.password = "wrong";
  const sql = openClient(url.href, { max: 1, applicationName: "tests" });
  await expect(sql`select 1`).rejects.toThrow(/auth|password/i);
  await sql.end();
});

test("the console is ready, and each role signs in and sees its first page", async () => {
  expect((await app.ask("/readyz")).status).toBe(200);
  for (const role of roles) {
    const session = await app.signIn(role);
    expect((await app.ask(firstPages[role], { session })).status, role).toBe(200);
  }
});

test("the live stream tells what is written", async () => {
  const product = openClient(app.environment.DATABASE_URL as string, { max: 1, applicationName: "tests" });
  await playLiveDay(product, 2);
  const stream = await openEventStream(app.ask, { session: await app.signIn("ops") });
  try {
    await until(() => stream.changes.length > 0);
    const ids = [await checkInNow(product, 1), await checkInNow(product, 2)];
    const told = () => stream.changes.flatMap(({ changes }) => changes.map(([, id]) => id));
    await until(() => told().length >= 2);
    expect(told()).toEqual(ids);
  } finally {
    stream.close();
    await product.end();
  }
});

test("a worker takes its jobs and reports them done", async () => {
  const environment = {
    ...app.environment,
    DATABASE_URL: pooler.through(app.environment.DATABASE_URL as string),
    CONSOLE_DATABASE_URL: pooler.through(app.environment.CONSOLE_DATABASE_URL as string),
  };
  const worker = await startWorker(environment);
  const sql = openClient(loginUrl(app.environment, "console_app"), { max: 1, applicationName: "tests" });
  try {
    await until(async () => (await sql`select from job_runs where outcome = 'done'`).length > 0, { withinSeconds: 40 });
  } finally {
    await sql.end();
    await worker.stop();
  }
});
