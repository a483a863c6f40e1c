import { existsSync } from "node:fs";

import { afterAll, beforeAll, expect, test } from "vitest";

import type { Worker } from "../../../db/jobs/worker";
import { restoreBackup } from "../../../db/operations/restore-backup";
import { restoreTable } from "../../../db/operations/restore-table";
import { approveRun } from "../../../db/operations/runs/decide-run";
import { switchDatabase } from "../../../db/operations/switch-database";
import { dumpSchema } from "../../support/dump-schema";
import { onServer } from "../../support/templates";
import { type BackupStage, openBackupStage } from "./backup-stage";

let stage: BackupStage;
let worker: Worker;
let id: string;
const made: string[] = [];

beforeAll(async () => {
  stage = await openBackupStage();
  worker = await stage.startWorker();
  id = await stage.take();
}, 60_000);
afterAll(async () => {
  await worker?.stop();
  await onServer(stage.environment.DATABASE_URL as string, async (sql) => {
    for (const name of made) await sql`drop database if exists ${sql(name)} with (force)`;
  });
  await stage?.close();
});

/** Privileges stand in the order in which they were given; parentheses come and go when a condition is read again. */
const linesOf = (dump: string) => dump.replace(/[()]/g, "").split("\n").sort();

const contentOf = async () =>
  (await stage.owner`select sum(hashtextextended(incidents::text, 0)::numeric)::text as content from incidents`)[0]
    ?.content;

test("only a proved backup restores a table, and only one that is gone", async () => {
  await expect(stage.ask(restoreTable, { backup: id, table: "incidents" })).rejects.toThrow(/never proved/);
  expect(await stage.verify(id)).toMatchObject({ state: "done" });
  await expect(stage.ask(restoreTable, { backup: id, table: "incidents" })).rejects.toThrow(
    /There is a table public.incidents/,
  );
  await expect(stage.ask(restoreTable, { backup: id, table: "secrets" })).rejects.toThrow(/has no table secrets/);
}, 60_000);

test.each([["incidents"], ["shifts"]])(
  "%s comes back with rows, keys, indexes, policies and privileges, as if never dropped",
  async (table) => {
    const url = stage.environment.DATABASE_URL as string;
    const [schema, content] = [await dumpSchema(url), await contentOf()];
    await stage.owner`drop table ${stage.owner(table)} cascade`;
    const run = await stage.carryOut(restoreTable, { backup: id, table });
    expect(run).toMatchObject({ state: "done", outcome: `public.${table} is back, row by row as it was backed up.` });
    expect(linesOf(await dumpSchema(url))).toEqual(linesOf(schema));
    expect(await contentOf()).toBe(content);
  },
  60_000,
);

test("a backup is restored beside, two people switch to it, and the way back is the same operation", async () => {
  const run = await stage.carryOut(restoreBackup, { backup: id });
  expect(run).toMatchObject({ state: "done", outcome: expect.stringMatching(/row by row/) });
  const restored = run.target;
  made.push(restored);
  await stage.owner`insert into organizations (name, kind) values ('After the backup', 'client')`;
  const newest = async () =>
    (await stage.securyflex.execute("select name from organizations order by id desc limit 1").catch(() => []))[0]
      ?.name;
  expect(await newest()).toBe("After the backup");

  const switchTo = async (database: string) => {
    const asked = await stage.ask(switchDatabase, { database });
    expect(asked.state).toBe("awaiting approval");
    await approveRun(stage.console, {
      run: asked,
      operation: switchDatabase,
      actor: stage.approver,
      digest: asked.digest,
      passwordAt: new Date(),
      context: { console: stage.console, securyflex: stage.securyflex },
    });
    const ended = await stage.ended(asked.id);
    const kept = ended.proof?.find(({ label }) => label === "Kept as")?.after as string;
    made.push(kept);
    expect(ended.state, ended.outcome ?? "").toBe("done");
    return kept;
  };
  const { plan } = await stage.plan(switchDatabase, { database: restored });
  expect(plan.consequences.join(" ")).toMatch(/Data lost: all that was written in the \d+ min since 20/);
  const kept = await switchTo(restored);
  expect(await newest()).not.toBe("After the backup");
  await switchTo(kept);
  expect(await newest()).toBe("After the backup");
  await expect(stage.ask(switchDatabase, { database: "postgres" })).rejects.toThrow(/was not restored by this console/);
  expect(existsSync(stage.folder)).toBe(true);
  expect(await stage.listLeftovers()).toEqual([]);
}, 90_000);
