import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { openClient, type Sql } from "../../../db/connections";
import { loginUrl } from "../../../db/environment";
import { cloneDatabases, type TestDatabases } from "../../support/databases";
import { onDatabase } from "../../support/on-database";
import { playScene } from "../../support/scene";
import { matrix } from "./row-security-matrix";

type ConsoleRole = "console_read" | "console_ops" | "console_admin";
const consoleRoles: ConsoleRole[] = ["console_read", "console_ops", "console_admin"];
const tables = Object.keys(matrix);

let databases: TestDatabases;
let clients: Record<ConsoleRole, Sql>;

beforeAll(async () => {
  databases = await cloneDatabases();
  const open = (login: ConsoleRole) =>
    openClient(loginUrl(databases.environment, login), { max: 1, applicationName: "tests of roles" });
  clients = {
    console_read: open("console_read"),
    console_ops: open("console_ops"),
    console_admin: open("console_admin"),
  };
  await asOwner(playScene);
});
afterAll(async () => {
  await Promise.all(Object.values(clients).map((client) => client.end()));
  await databases.drop();
});

const asOwner = <Result>(work: (sql: Sql) => Promise<Result>) =>
  onDatabase(databases.environment.DATABASE_URL as string, work);

/** "done", or the SQLSTATE that refused the statement; undone either way. */
async function attempt(role: ConsoleRole, statement: string): Promise<string> {
  const undone = new Error("undone");
  try {
    await clients[role].begin(async (transaction) => {
      await transaction.unsafe("set local transaction_read_only = off");
      await transaction.unsafe(statement);
      throw undone;
    });
  } catch (error) {
    return error === undone ? "done" : (error as { code: string }).code;
  }
  return "done";
}

describe.each(tables)("%s", (table) => {
  const statements = {
    reads: `select * from ${table}`,
    adds: `insert into ${table} ${matrix[table]?.inserts[0]?.values}`,
    changes: `update ${table} set ${matrix[table]?.update}`,
    removes: `delete from ${table} where false`,
    empties: `truncate ${table} cascade`,
  };
  const written: Record<string, string[]> = {
    finqle_transactions: ["adds"],
    notifications: ["adds"],
    assignments: ["adds", "changes"],
  };
  const may: Record<ConsoleRole, string[]> = {
    console_read: ["reads"],
    console_ops: ["reads", ...(written[table] ?? [])],
    console_admin: Object.keys(statements),
  };

  test.each(consoleRoles)("%s does what it may and is refused the rest, whatever it sets", async (role) => {
    const outcomes: Record<string, string> = {};
    for (const [verb, statement] of Object.entries(statements)) outcomes[verb] = await attempt(role, statement);
    const expected = Object.keys(statements).map((verb) => [verb, may[role].includes(verb) ? "done" : "42501"]);
    expect(outcomes).toEqual(Object.fromEntries(expected));
  });
});

const refusals: [role: ConsoleRole, what: string, statement: string, twin: ConsoleRole | "owner"][] = [
  ["console_ops", "the rate of a shift", "update shifts set hourly_rate = 20", "console_admin"],
  [
    "console_ops",
    "the hours of a shift",
    "update shifts set end_datetime = end_datetime + interval '1 minute'",
    "console_admin",
  ],
  ["console_ops", "what an incident was", "update incidents set severity = 'low'", "console_admin"],
  ["console_ops", "which guard an assignment was of", "update assignments set professional_id = 2", "console_admin"],
  ["console_ops", "an assignment that was", "delete from assignments", "console_admin"],
  ["console_ops", "what a shift was", "update ops_shift_history set status = 'draft'", "console_admin"],
  ["console_read", "the pruning of what shifts were", "delete from ops_shift_history", "console_ops"],
  ["console_ops", "a payment for what it was", "update finqle_transactions set amount = 1", "console_admin"],
  ["console_ops", "what an operation did for what it was not", "truncate ops_operation_effects", "console_admin"],
  ["console_read", "the cutting of a shift", "select ops_split_shift(1, '2026-11-22T09:00:00Z')", "console_ops"],
  ["console_ops", "the approval of a payment", "update finqle_transactions set status = 'approved'", "console_admin"],
  [
    "console_ops",
    "a guard's papers",
    "update security_professionals set guard_pass_valid_until = now()",
    "console_admin",
  ],
  ["console_ops", "a guard's number, in spite of its grant", "update security_professionals set id = default", "owner"],
  ["console_read", "the lock on a guard", "select id from security_professionals for update", "console_ops"],
  ["console_ops", "an index", "create index on shifts (post)", "console_admin"],
  ["console_read", "a table", "create table parcels ()", "console_admin"],
  ["console_ops", "row security", "alter table shifts disable row level security", "console_admin"],
  [
    "console_ops",
    "the double-booking constraint",
    "alter table shifts drop constraint shifts_no_double_booking",
    "console_admin",
  ],
  ["console_admin", "a role", "create role intruder", "owner"],
  ["console_admin", "the passwords of the server", "select rolpassword from pg_authid", "owner"],
  ["console_admin", "a program of the server", "copy (select 1) to program 'true'", "owner"],
  ["console_read", "the role of the administrator", "set local role console_admin", "owner"],
  ["console_ops", "the role of the administrator", "set local role console_admin", "owner"],
];

test.each(refusals)("%s is refused %s", async (role, _what, statement, twin) => {
  expect(await attempt(role, statement)).toBe("42501");
  if (twin !== "owner") expect(await attempt(twin, statement)).toBe("done");
});

const permitted: [what: string, statement: string][] = [
  [
    "takes over a shift",
    "update shifts set professional_id = 2, status = 'assigned', assigned_at = now() where id = 4",
  ],
  [
    "cancels a shift with its reason",
    "update shifts set status = 'cancelled', cancel_reason = 'ill', cancelled_at = now() where id = 1",
  ],
  ["voids a payment that is pending", "update finqle_transactions set status = 'failed' where status = 'pending'"],
  ["cuts a shift in two", "select ops_split_shift(1, '2026-11-22T09:00:00Z')"],
  ["acknowledges an incident", "update incidents set acknowledged_at = now(), on_scene_at = now(), closed_at = now()"],
  ["locks a guard while it checks rest hours", "select id from security_professionals where id = 1 for update"],
];

test.each(permitted)("console_ops %s", async (_what, statement) => {
  expect(await attempt("console_ops", statement)).toBe("done");
  expect(await attempt("console_read", statement)).toBe("42501");
});

test("each change of a shift moves its version by one, and a change of nothing does not", async () => {
  const [before] = await clients.console_read`select version, updated_at from shifts where id = 5`;
  await clients.console_ops`update shifts set cancel_reason = 'ill', version = 99 where id = 5`;
  await clients.console_ops`update shifts set cancel_reason = 'ill' where id = 5`;
  const [after] = await clients.console_read`select version, updated_at from shifts where id = 5`;
  expect(after?.version).toBe(before?.version + 1);
  expect(after?.updated_at.getTime()).toBeGreaterThan(before?.updated_at.getTime());
});

test("console_read is bound by its settings from the first statement on", async () => {
  const shown = await clients.console_read`
    select name, setting from pg_settings
    where name in ('default_transaction_read_only', 'statement_timeout', 'lock_timeout', 'jit',
                   'idle_in_transaction_session_timeout', 'search_path') order by name`;
  expect(Object.fromEntries(shown.map(({ name, setting }) => [name, setting]))).toEqual({
    default_transaction_read_only: "on",
    idle_in_transaction_session_timeout: "10000",
    jit: "off",
    lock_timeout: "500",
    search_path: "public, extensions",
    statement_timeout: "5000",
  });
  await expect(clients.console_read`create temporary table scratch ()`).rejects.toMatchObject({ code: "25006" });
});

test("console_read sees what other sessions run; console_ops does not", async () => {
  const count = (sql: Sql) => sql`
    select count(*)::integer as hidden from pg_stat_activity where query = '<insufficient privilege>'`;
  expect(await count(clients.console_read)).toEqual([{ hidden: 0 }]);
  const [seenByOps] = await count(clients.console_ops);
  expect(seenByOps?.hidden).toBeGreaterThan(0);
});

test("console_admin ends a session of another role, console_ops cannot, and no superuser's session ends", async () => {
  const victim = openClient(loginUrl(databases.environment, "console_read"), { max: 1, applicationName: "victim" });
  const [session] = await victim`select pg_backend_pid() as pid`;
  const end = (role: ConsoleRole, pid: number) => clients[role]`select pg_terminate_backend(${pid}) as ended`;
  await expect(end("console_ops", session?.pid)).rejects.toMatchObject({ code: "42501" });
  await asOwner(async (sql) => {
    const [own] = await sql`select pg_backend_pid() as pid`;
    await expect(end("console_admin", own?.pid)).rejects.toMatchObject({ code: "42501" });
  });
  expect(await end("console_admin", session?.pid)).toEqual([{ ended: true }]);
  await victim.end();
});

test("console_admin vacuums and indexes the tables, console_ops does not", async () => {
  await clients.console_admin`vacuum (analyze) shifts`;
  await clients.console_admin`create index concurrently shifts_post_idx on shifts (post)`;
  await clients.console_admin`drop index concurrently shifts_post_idx`;
  const [table] = await clients.console_admin`select last_vacuum is not null as "isVacuumed"
    from pg_stat_user_tables where relname = 'shifts'`;
  expect(table).toEqual({ isVacuumed: true });
  await expect(clients.console_ops`reindex table shifts`).rejects.toMatchObject({ code: "42501" });
});

test("a table of a later migration is readable by the console and administered by its administrator", async () => {
  await asOwner((sql) => sql`create table later (id integer)`);
  expect(await attempt("console_read", "select * from later")).toBe("done");
  expect(await attempt("console_ops", "insert into later values (1)")).toBe("42501");
  expect(await attempt("console_admin", "insert into later values (1)")).toBe("done");
  await asOwner((sql) => sql`drop table later`);
});
