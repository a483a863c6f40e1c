import { z } from "zod";

import { bringBackTable, findTableInBackup, listLostDependents, tableStands } from "../backups/bring-back-table";
import type { TableInManifest } from "../backups/choose-entries";
import { findBackup, refusalsOfUnproved } from "../backups/find-backup";
import { measureTable } from "../backups/measure-tables";
import { defineOperation } from "../operation";
import { sizeClass } from "./find-table";

export const restoreTable = defineOperation({
  id: "restore-table",
  title: "Restore a dropped table",
  purpose:
    "Brings a table that is gone back from a proved backup, with its rows, keys, indexes, policies and privileges.",
  risk: "medium",
  permission: "database.backup",
  changes: "securyflex",
  input: z.object({
    backup: z.string().trim().min(1).max(40),
    table: z.string().trim().min(1).max(130),
  }),
  fields: [
    { name: "backup", label: "Backup", hint: "Its name in the catalogue, for example 20261123-0310-a1b2." },
    { name: "table", label: "Table", hint: "As schema.table, for example public.incidents." },
  ],
  plan: async (context, { backup: id, table: name }) => {
    const { backup } = await findBackup(context, id);
    const { table } = await findTableInBackup(backup, name);
    const target = `${table.schema}.${table.name}`;
    const isThere = await tableStands(context.securyflex, table);
    const lost = isThere ? [] : await listLostDependents(context.securyflex, table);
    return {
      target,
      exclusiveKey: `backup:${backup.source}`,
      summary: `Restores ${target} with ${table.rowCount} rows as they were at ${backup.snapshotAt?.toISOString()}.`,
      consequences: [
        "What was written to the table after that moment does not come back.",
        "All of it comes in one transaction, or nothing.",
        "Takes SHARE ROW EXCLUSIVE locks on the tables that it refers to until it has ended: their writes wait, reads go on.",
        ...lost.map(
          ({ schema, table: other, kind, name: gone }) =>
            `The ${kind === "POLICY" ? "policy" : "foreign key"} ${gone} of ${schema}.${other} comes back too.`,
        ),
        "Views and functions that were dropped with the table do not come back.",
      ],
      refusals: [
        ...refusalsOfUnproved(backup),
        ...(isThere
          ? [`There is a table ${target}. Nothing is ever restored over what is there: rename it first.`]
          : []),
      ],
      statements: [],
      basis: {
        source: backup.source,
        manifest: backup.manifestHash,
        lost: lost.length,
        sizeClass: sizeClass(table.rowCount * 100),
      },
    };
  },
  settle: async (context, _, { backup: id, table: name }) => {
    const { backup } = await findBackup(context, id);
    const { table } = await findTableInBackup(backup, name);
    if (!(await tableStands(context.securyflex, table))) return undefined;
    return outcomeOf(table, await measureTable(context.admin, table));
  },
  run: async (context, _, { backup: id, table: name }) => {
    const { backup } = await findBackup(context, id);
    const { table } = await findTableInBackup(backup, name);
    return outcomeOf(table, await bringBackTable(context, backup, table));
  },
  undo: "Rename or drop the table by a migration.",
  timeoutSeconds: 3 * 3_600,
  failpoints: ["chosen", "table restored"],
});

function outcomeOf(table: TableInManifest, found: { rowCount: number; checksum: string }) {
  const target = `${table.schema}.${table.name}`;
  const isSame = found.checksum === table.checksum && found.rowCount === table.rowCount;
  return {
    summary: isSame
      ? `${target} is back, row by row as it was backed up.`
      : `${target} is back; it was written to since, so that its rows differ from the backup by now.`,
    proof: [
      { label: "Rows", before: "no table", after: String(found.rowCount) },
      { label: "Checksum of the rows", before: `${table.checksum} in the backup`, after: found.checksum },
    ],
  };
}
