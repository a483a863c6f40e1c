import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { openClient, type Sql } from "../../../db/connections";
import { loginUrl } from "../../../db/environment";
import { explainRefusal } from "../../../db/shifts/explain-refusal";
import { cloneDatabases, type TestDatabases } from "../../support/databases";
import { playScene } from "../../support/scene";
import { until } from "../../support/until";

let databases: TestDatabases;
let one: Sql;
let two: Sql;
let watcher: Sql;

beforeAll(async () => {
  databases = await cloneDatabases();
  const open = () => openClient(databases.environment.DATABASE_URL as string, { max: 1, applicationName: "tests" });
  [one, two, watcher] = [open(), open(), open()];
  await playScene(watcher);
  // Shifts 101 (morning) and 102 (noon) overlap; nobody stands on them.
  await watcher`
    insert into shifts (id, company_id, client_id, location_id, status, start_datetime, end_datetime, hourly_rate)
      overriding system value
    values (101, 1, 2, 1, 'published', '2026-12-01T07:00:00Z', '2026-12-01T13:00:00Z', 30),
           (102, 1, 2, 1, 'published', '2026-12-01T11:00:00Z', '2026-12-01T19:00:00Z', 30),
           (103, 1, 2, 1, 'published', '2026-12-01T13:00:00Z', '2026-12-01T20:00:00Z', 30)`;
});
beforeEach(async () => {
  await watcher`update shifts set professional_id = null, status = 'published' where id > 100`;
});
afterAll(async () => {
  await Promise.all([one, two, watcher].map((sql) => sql.end()));
  await databases.drop();
});

const assign = (sql: Sql, shiftId: number, guardId: number) =>
  sql`update shifts set professional_id = ${guardId}, status = 'assigned' where id = ${shiftId}`;

/** Both sessions assign guard 1 to overlapping shifts before either commits. Returns what became of the second. */
async function race(): Promise<unknown> {
  const [first, second] = [await one.reserve(), await two.reserve()];
  const [{ pid } = { pid: 0 }] = await second<{ pid: number }[]>`select pg_backend_pid() as pid`;
  await first`begin`;
  await second`begin`;
  await assign(first, 101, 1);
  let isSettled = false;
  const outcome = assign(second, 102, 1).then(
    () => "assigned",
    (error: unknown) => error,
  );
  void outcome.then(() => {
    isSettled = true;
  });
  await until(async () => {
    const [waiting] = await watcher`select wait_event_type as "waitsFor" from pg_stat_activity where pid = ${pid}`;
    return isSettled || waiting?.waitsFor === "Lock";
  });
  await first`commit`;
  const result = await outcome;
  await second`commit`;
  first.release();
  second.release();
  return result;
}

const overlapping = () => watcher`select id from shifts where professional_id = 1 and id > 100 order by id`;

test("of two sessions that assign one guard to overlapping shifts, the second waits and is refused", async () => {
  const refusal = await race();
  expect(refusal).toMatchObject({ code: "23P01", constraint_name: "shifts_no_double_booking" });
  expect(await overlapping()).toEqual([{ id: "101" }]);
  expect(explainRefusal(refusal)).toBe(
    "Guard 1 was not assigned to the shift of Tue, 1 Dec 2026, 12:00 to Tue, 1 Dec 2026, 20:00: the guard already has the shift of Tue, 1 Dec 2026, 08:00 to Tue, 1 Dec 2026, 14:00 (Europe/Amsterdam). Choose another guard, or take this one off the other shift first.",
  );
});

test("shifts that only touch, and a shift that the guard lost, do not overlap", async () => {
  await assign(one, 101, 1);
  await assign(one, 103, 1);
  await one`update shifts set status = 'cancelled' where id = 103`;
  await assign(one, 101, 2);
  await assign(one, 102, 1);
  expect(await overlapping()).toEqual([{ id: "102" }, { id: "103" }]);
});

test("two guards swap overlapping shifts inside one transaction that defers the rule to its end", async () => {
  await assign(one, 101, 1);
  await assign(one, 102, 2);
  const swap = (sql: Sql) => assign(sql, 101, 2).then(() => assign(sql, 102, 1));
  await expect(one.begin((transaction) => swap(transaction as unknown as Sql))).rejects.toMatchObject({
    code: "23P01",
  });
  await one.begin(async (transaction) => {
    await transaction`set constraints shifts_no_double_booking deferred`;
    await swap(transaction as unknown as Sql);
  });
  const pairs = await watcher`select id, professional_id as guard from shifts where id in (101, 102) order by id`;
  expect(pairs).toEqual([
    { id: "101", guard: "2" },
    { id: "102", guard: "1" },
  ]);
});

test("an overlap that is deferred is still refused at the end of its transaction", async () => {
  await assign(one, 101, 1);
  const overlap = one.begin(async (transaction) => {
    await transaction`set constraints shifts_no_double_booking deferred`;
    await assign(transaction as unknown as Sql, 102, 1);
  });
  await expect(overlap).rejects.toMatchObject({ code: "23P01" });
  expect(await overlapping()).toEqual([{ id: "101" }]);
});

test("console_ops, whom row security binds, gets a sentence without the other shift's times", async () => {
  const ops = openClient(loginUrl(databases.environment, "console_ops"), { max: 1, applicationName: "tests" });
  await assign(ops, 101, 1);
  const refusal = await assign(ops, 102, 1).catch((error: unknown) => error);
  await ops.end();
  expect(explainRefusal(refusal)).toBe(
    "Nobody was assigned: the guard already has another shift at that time. Choose another guard, or take this one off the other shift first.",
  );
});

test("with a trigger that looks for overlaps in place of the constraint, both sessions commit", async () => {
  await watcher.unsafe(`
    alter table shifts drop constraint shifts_no_double_booking;
    create function refuse_overlap() returns trigger language plpgsql as $$
    begin
      if exists (
        select from shifts other
        where other.professional_id = new.professional_id and other.id <> new.id
          and other.status in ('assigned', 'active')
          and tstzrange(other.start_datetime, other.end_datetime) && tstzrange(new.start_datetime, new.end_datetime)
      ) then
        raise exception 'overlap' using errcode = 'exclusion_violation';
      end if;
      return new;
    end $$;
    create trigger refuse_overlap before update on shifts for each row execute function refuse_overlap();`);
  expect(await race()).toBe("assigned");
  expect(await overlapping()).toEqual([{ id: "101" }, { id: "102" }]);
  await assign(one, 102, 2);
  await expect(assign(one, 102, 1)).rejects.toMatchObject({ code: "23P01" }); // one after the other it does refuse
});
