import { mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { sql as query } from "drizzle-orm";

import type { Database } from "../connections";
import { readEnvironment } from "../environment";
import { OperationRefusal, type RunContext } from "../operation";
import { backupUrl, folderOfBackup } from "./backup-place";
import { openBackupSession } from "./backup-session";
import type { Backup } from "./catalogue";
import { chooseEntries, type TableInManifest } from "./choose-entries";
import { findClientPrograms } from "./client-programs";
import { dumpName, type Manifest, readManifest } from "./manifest";
import { measureTable } from "./measure-tables";
import { inspectFiles, refuseFaults } from "./restore-scratch";
import { runClient } from "./run-client";

/** The table of a backup by `schema.table`, or by its name where it stands in public. Throws OperationRefusal. */
export async function findTableInBackup(
  backup: Backup,
  name: string,
): Promise<{ manifest: Manifest; table: TableInManifest }> {
  const manifest = await readManifest(folderOfBackup(backup.source, backup.id), backup.manifestHash as string);
  if ("fault" in manifest) throw new OperationRefusal(`${backup.id} cannot be used. ${manifest.fault}`);
  const table = manifest.tables.find(
    (one) => `${one.schema}.${one.name}` === name || (one.schema === "public" && one.name === name),
  );
  if (table) return { manifest, table };
  const known = manifest.tables.map((one) => (one.schema === "public" ? one.name : `${one.schema}.${one.name}`));
  throw new OperationRefusal(`${backup.id} has no table ${name}. It has ${known.join(", ")}.`);
}

export async function tableStands(db: Database, { schema, name }: Pick<TableInManifest, "schema" | "name">) {
  const [row] = await db.execute<{ isThere: boolean }>(query`
    select exists (select from pg_class join pg_namespace as space on space.oid = relnamespace
                   where nspname = ${schema} and relname = ${name}) as "isThere"`);
  return row?.isThere ?? false;
}

/** Foreign keys and policies of other tables that still stand, which went with the table. */
export async function listLostDependents(db: Database, table: TableInManifest): Promise<TableInManifest["dependents"]> {
  const rows = await db.execute<{ position: number }>(query`
    select position::integer as position
    from jsonb_to_recordset(${JSON.stringify(table.dependents.map((one, position) => ({ ...one, position })))}::jsonb)
      as wanted (schema text, "table" text, kind text, name text, position integer)
    join pg_namespace as space on nspname = wanted.schema
    join pg_class as other on other.relnamespace = space.oid and other.relname = wanted."table"
    where not exists (select from pg_constraint where conrelid = other.oid and conname = wanted.name)
      and not exists (select from pg_policy where polrelid = other.oid and polname = wanted.name)
    order by position`);
  return [...rows].flatMap(({ position }) => table.dependents[position] ?? []);
}

/**
 * Restores one table that is gone from a backup into the running database, in one transaction: all of it or nothing.
 * Returns what stands there after. Throws OperationRefusal.
 */
export async function bringBackTable(
  context: RunContext,
  backup: Backup,
  table: TableInManifest,
): Promise<{ rowCount: number; checksum: string }> {
  const url = backupUrl(readEnvironment());
  const session = await openBackupSession(url, context.runId);
  // Named by the run, so that who goes on after a crash clears it.
  const folder = join(tmpdir(), `securyflex-restore-${context.runId}`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await context.progress({ phase: "reads every file", doneRatio: null });
    const { faults, manifest } = await inspectFiles(backup, context.signal);
    refuseFaults(backup, faults);
    const programs = findClientPrograms((manifest as Manifest).clientMajor);
    const dump = join(folderOfBackup(backup.source, backup.id), dumpName);
    const options = { url, sessionName: session.name, signal: context.signal, settings: "-c lock_timeout=5s" };
    const list = await runClient(programs, "pg_restore", ["--list", dump], options);
    const lost = await listLostDependents(context.securyflex, table);
    const entries = chooseEntries(list, table, lost);
    for (const entry of entries) await context.log(entry.replace(/^\d+; \d+ \d+ /, "Restores "));
    const listFile = join(folder, "list");
    await writeFile(listFile, `${entries.join("\n")}\n`);
    context.reach("chosen");
    await context.progress({ phase: "restores", doneRatio: null });
    const flags = ["--single-transaction", "--exit-on-error", `--use-list=${listFile}`];
    const database = `--dbname=${decodeURIComponent(new URL(url).pathname.slice(1))}`;
    await runClient(programs, "pg_restore", [...flags, database, dump], options);
    await rm(folder, { recursive: true, force: true });
    context.reach("table restored");
    return await measureTable(session.sql, table);
  } finally {
    await rm(folder, { recursive: true, force: true });
    await session.close();
  }
}
