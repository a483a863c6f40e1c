import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestConsole, type TestConsole } from "../../support/console";
import { onDatabase } from "../../support/on-database";
import { until } from "../../support/until";

let console: TestConsole;
let session: string;
const onSecuryflex = (statement: string) =>
  onDatabase(console.environment.DATABASE_URL as string, (sql) => sql.unsafe(statement));

beforeAll(async () => {
  console = await startTestConsole();
  session = await console.signIn("ops");
  await onSecuryflex(`
    insert into organizations (name, kind) values ('Hotel De Kroon', 'client');
    insert into locations (organization_id, name, address, city, location_point)
    select 1, 'Gate ' || n, 'Dam 9', 'Amsterdam', ST_SetSRID(ST_MakePoint(4.89 + n * 0.00001, 52.37), 4326)::geography
    from generate_series(1, 300) as n`);
}, 600_000);
afterAll(() => console?.close());

const tile = (path: string, headers: Record<string, string> = {}) =>
  console.ask(`/tiles/${path}`, { session, headers: { "Accept-Encoding": "identity", ...headers } });
const named = "locations/12/2103/1346.mvt";

test("a tile comes once, and is not sent again while it stays the same", async () => {
  const first = await tile(named);
  expect(first.status).toBe(200);
  expect(first.headers.get("content-type")).toBe("application/vnd.mapbox-vector-tile");
  expect(first.headers.get("cache-control")).toMatch(/^private, max-age=\d+$/);
  expect(Buffer.from(await first.arrayBuffer()).includes("Gate 300")).toBe(true);
  const etag = first.headers.get("etag") as string;
  const again = await tile(named, { "If-None-Match": etag, "Cache-Control": "max-age=0" });
  expect([again.status, await again.text()]).toEqual([304, ""]);
  await onSecuryflex("update locations set name = 'Gate of honour' where id = 7");
  expect((await tile(named, { "If-None-Match": etag, "Cache-Control": "max-age=0" })).status).toBe(200);
});

test("a tile is compressed once, where the browser can read that", async () => {
  const packed = await tile(named, { "Accept-Encoding": "gzip, br" });
  expect(packed.headers.get("content-encoding")).toBe("gzip");
  const plain = await tile(named);
  expect(Buffer.from(await packed.arrayBuffer())).toEqual(Buffer.from(await plain.arrayBuffer()));
  expect(packed.headers.get("vary")).toMatch(/Accept-Encoding/);
});

test.each([
  ["roads/1/0/0.mvt", 404],
  ["constructor/1/0/0.mvt", 404],
  ["positions/19/0/0.mvt", 400],
  ["positions/1/2/0.mvt", 400],
  ["positions/1/0/-1.mvt", 400],
  ["positions/1/0/1e1.mvt", 400],
  ["positions/1.0/0/0.mvt", 400],
  ["positions/99999999999/0/0.mvt", 400],
  ["density/1/0/0.mvt?hours=0", 400],
  ["density/1/0/0.mvt?hours=337", 400],
  ["density/1/0/0.mvt?hours=24&hours=48", 400],
  ["density/1/0/0.mvt?hours=1;drop", 400],
  ["density/1/0/0.mvt?hours=336", 200],
  ["density/18/134627/86171.mvt?hours=1", 200],
  ["positions/0/0/0.mvt", 200],
])("%s is answered with %i", async (path, status) => {
  const answer = await tile(path);
  expect(answer.status).toBe(status);
  if (status !== 200) expect((await answer.json()) as object).toMatchObject({ message: expect.stringMatching(/\.$/) });
});

test("nobody sees a tile signed out, nor in a role without the map, nor longer than 2 s after the session ended", async () => {
  expect((await console.ask(`/tiles/${named}`)).status).toBe(401);
  const dba = await console.signIn("dba");
  expect((await console.ask(`/tiles/${named}`, { session: dba })).status).toBe(403);
  const leaving = await console.signIn("support");
  expect((await console.ask(`/tiles/${named}`, { session: leaving })).status).toBe(200);
  await console.db.execute(
    "update sessions set revoked_at = now() where staff_id = (select id from staff where role = 'support')",
  );
  const endedAt = performance.now();
  await until(async () => (await console.ask(`/tiles/${named}`, { session: leaving })).status === 401, {
    everyMs: 100,
  });
  expect(performance.now() - endedAt).toBeLessThan(5_000);
});

test("the query of a tile that nobody waits for any more ends in the database", async () => {
  const running = async () => {
    const rows = await onSecuryflex(
      "select pid from pg_stat_activity where datname = current_database() and state = 'active' and query like '%ST_AsMVT%' and pid <> pg_backend_pid()",
    );
    return rows.length;
  };
  // Each row that is looked at takes a second, and nothing but the browser's leaving ends the query within minutes.
  await onSecuryflex(`
    alter role console_read in database "${new URL(console.environment.DATABASE_URL as string).pathname.slice(1)}" set statement_timeout = '10min';
    create policy slowly on locations as restrictive for select to console_read using (pg_sleep(1) is not null);
    select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename like 'console_read%'`);
  await until(async () => (await tile("positions/0/0/0.mvt")).status === 200);
  const leave = new AbortController();
  const asked = console.ask(`/tiles/${named}`, { session, signal: leave.signal }).catch((error: Error) => error.name);
  await until(async () => (await running()) === 1, { withinSeconds: 30 });
  leave.abort();
  expect(await asked).toBe("AbortError");
  await until(async () => (await running()) === 0, { withinSeconds: 30 });
}, 120_000);
