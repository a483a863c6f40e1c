import { probeTag } from "../database/read-panel";
import { readStatementCounters, readStatementTexts } from "../database/read-statement-counters";
import { recordStatementShapes, recordStatements, recordStatementTexts } from "../database/record-statements";
import { readServerProfile } from "../database/server-profile";
import { defineJob } from "./job";

export const readStatements = defineJob({
  id: "read-statements",
  title: "Read the statements",
  purpose: "Stores each minute what every statement of SecuryFlex was called, took and read since the minute before.",
  schedule: "* * * * *",
  timeoutSeconds: 30,
  attempts: 1,
  run: async ({ securyflex, write, slot }) => {
    const server = await readServerProfile(securyflex);
    if (!server.extensions.pg_stat_statements) return "pg_stat_statements is not installed; there is nothing to read.";
    if (!server.privileges.includes("pg_read_all_stats")) return "Not permitted: needs pg_read_all_stats.";
    const own = await write(
      (sql) =>
        sql<{ id: string }[]>`select query_id::text as id from statement_texts where text like ${`%${probeTag}%`}`,
    );
    const reading = await readStatementCounters(
      securyflex,
      server,
      own.map(({ id }) => id),
    );
    const unknown = await write(async (sql) => {
      await sql`select turn_sample_partitions(${slot})`;
      return recordStatements(sql, reading, slot);
    });
    const texts = await readStatementTexts(securyflex, server, unknown);
    await write((sql) => recordStatementTexts(sql, texts));
    await write(recordStatementShapes);
    return `${reading.statements.length} statements, ${texts.length} of them new.`;
  },
});
