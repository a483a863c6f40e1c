import { parseArgs } from "node:util";

import * as schema from "../schema";
import { generateMigrations, writeSnapshot } from "./generate";
import { MigrationError } from "./migration-error";
import { securyflexMigrations } from "./migration-files";

const usage = `npm run db:generate -- add_a_table     writes the next migrations, up and down, for what changed in db/schema
npm run db:generate -- --by-hand       takes db/schema as it is for what the migrations make: they were written by hand`;

/** What no declaration says. */
const notes = `Read both files before you apply them with npm run db:migrate:
- A new table has no owner, grants and row security yet; 0074_ops_outbox.up.sql shows them.
- A check or a NOT NULL on a table that holds rows is added NOT VALID and validated in a migration of its own; see 0019 and 0020.
- What a down brings back is the table or column, not what stood in it.`;

const exitCodes = { done: 0, failed: 1, misused: 2 };

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof MigrationError)) throw error;
  console.error(error.message);
  process.exitCode = exitCodes.failed;
}

async function run(words: string[]): Promise<number> {
  const asked = readWords(words);
  if (!asked) {
    console.error(usage);
    return exitCodes.misused;
  }
  if (asked.isByHand) {
    writeSnapshot(securyflexMigrations, schema);
    console.log("migrations/snapshot.json says what db/schema says.");
    return exitCodes.done;
  }
  const generated = await generateMigrations(securyflexMigrations, schema, asked.name);
  if (generated.length === 0) {
    console.log("Nothing changed: db/schema says what the migrations make. Nothing was written.");
    return exitCodes.done;
  }
  for (const { label, up, down } of generated) {
    console.log(`migrations/${label}.up.sql\n${indent(up)}\nmigrations/${label}.down.sql\n${indent(down)}\n`);
  }
  console.log(notes);
  return exitCodes.done;
}

type Asked = { isByHand: true } | { isByHand: false; name: string | undefined };

function readWords(words: string[]): Asked | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: words,
      allowPositionals: true,
      options: { "by-hand": { type: "boolean", default: false } },
    });
    if (values["by-hand"]) return positionals.length === 0 ? { isByHand: true } : undefined;
    return positionals.length <= 1 ? { isByHand: false, name: positionals[0] } : undefined;
  } catch {
    return undefined;
  }
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, "  ");
}
