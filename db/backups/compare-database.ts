import { openClient } from "../connections";
import type { RunContext } from "../operation";
import { invariants } from "./invariants";
import type { Manifest } from "./manifest";
import { fingerprintSchema, listTables, measureTable } from "./measure-tables";
import { readLedgerVersion } from "./read-snapshot";

/**
 * What a restored database lacks of what its backup's manifest says, and which rules of SecuryFlex its rows break.
 * Reads every row of it.
 */
export async function compareDatabase(
  url: string,
  manifest: Manifest,
  { context, sessionName }: { context: RunContext; sessionName: string },
): Promise<string[]> {
  const sql = openClient(url, { max: 1, applicationName: sessionName, idleSeconds: 3_600 });
  const faults: string[] = [];
  try {
    const standing = new Set((await listTables(sql)).map(({ schema, name }) => `${schema}.${name}`));
    const wanted = manifest.tables.map(({ schema, name }) => `${schema}.${name}`);
    for (const name of standing) if (!wanted.includes(name)) faults.push(`${name} is in the restored database alone.`);
    for (const [position, table] of manifest.tables.entries()) {
      context.signal.throwIfAborted();
      const name = `${table.schema}.${table.name}`;
      await context.progress({ phase: `measures ${table.name}`, doneRatio: position / wanted.length });
      if (!standing.has(name)) {
        faults.push(`${name} is not in the restored database.`);
        continue;
      }
      const { rowCount, checksum } = await measureTable(sql, table);
      if (rowCount !== table.rowCount) faults.push(`${name} has ${rowCount} rows and had ${table.rowCount}.`);
      else if (checksum !== table.checksum) faults.push(`${name} has other content than it had.`);
    }
    if ((await fingerprintSchema(sql)) !== manifest.schemaFingerprint)
      faults.push("Columns, constraints, indexes, triggers or policies are not those that were.");
    if ((await readLedgerVersion(sql)) !== manifest.ledgerVersion)
      faults.push("The ledger of the migrations is not where it was.");
    if (manifest.ledgerVersion !== null) {
      for (const { sentence, countBreaches } of invariants) {
        const breaches = await countBreaches(sql);
        if (breaches > 0) faults.push(`${sentence} It does not hold for ${breaches} of the restored rows.`);
      }
    }
    return faults;
  } finally {
    await sql.end({ timeout: 2 });
  }
}
