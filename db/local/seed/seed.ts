import { openClient, type Sql } from "../../connections";
import { copyRows, type Session } from "./copy";
import { fillLastPositions } from "./fill-last-positions";
import { type Scale, type Size, scales } from "./sizes";
import { drawTables, type TableContent } from "./tables";

export type SeedOptions = {
  size: Size;
  /** Stands in for the numbers of `size`. */
  scale?: Scale;
  /** The same number, size and `asOf` give the same rows. */
  seed: number;
  /** Stands in for now: shifts before it are over, those around it are under way. */
  asOf: Date;
  onProgress?: (line: string) => void;
};

/** True when the SecuryFlex database holds any organization. */
export async function isSeeded(url: string): Promise<boolean> {
  return withClient(url, async (sql) => {
    const [row] = await sql<{ isSeeded: boolean }[]>`select exists (select from organizations) as "isSeeded"`;
    return row?.isSeeded ?? false;
  });
}

/**
 * Fills the migrated, empty SecuryFlex database at `url` with sixty days of Dutch shifts, all in one transaction, with
 * every constraint and trigger on but those that serve the console as rows change: what these keep is written at the
 * end. Needs the owner of the tables, whom row level security does not hold back. Throws when rows are there.
 */
export async function seedSecuryflex(
  url: string,
  { size, scale = scales[size], seed, asOf, onProgress = () => {} }: SeedOptions,
): Promise<void> {
  if (await isSeeded(url)) {
    throw new Error("Nothing was loaded: the database already holds organizations. Take an empty database.");
  }
  const tables = await drawTables({ seed, scale, asOf: asOf.getTime() });
  await withClient(url, async (sql) => {
    await sql.begin(async (transaction) => {
      await pauseOutbox(transaction);
      await transaction`alter table gps_checkins disable trigger ops_keep_last_positions`;
      for (const content of tables) await loadTable(transaction, content, onProgress);
      await transaction`alter table gps_checkins enable trigger ops_keep_last_positions`;
      await resumeOutbox(transaction);
      onProgress("last positions");
      await fillLastPositions(transaction, asOf);
    });
    onProgress("statistics");
    await sql`analyze`;
  });
}

const reported = {
  shifts: ["insert", "update", "delete"],
  gps_checkins: ["insert"],
  incidents: ["insert", "update"],
  finqle_transactions: ["insert", "update"],
};

/** What is loaded is no news: nobody can follow it row by row. */
async function pauseOutbox(sql: Session): Promise<void> {
  for (const [table, operations] of Object.entries(reported)) {
    for (const name of operations) await sql`alter table ${sql(table)} disable trigger ${sql(`ops_outbox_${name}`)}`;
  }
}

/** A console that is open already begins anew with what was loaded. */
async function resumeOutbox(sql: Session): Promise<void> {
  for (const [table, operations] of Object.entries(reported)) {
    for (const name of operations) await sql`alter table ${sql(table)} enable trigger ${sql(`ops_outbox_${name}`)}`;
  }
  await sql`update ops_feed set life = gen_random_uuid()`;
}

/** COPY writes ids without asking the sequence; the next insert asks it. */
async function loadTable(
  sql: Session,
  { table, label, columns, rows }: TableContent,
  onProgress: (line: string) => void,
): Promise<void> {
  const onRows = (count: number) => onProgress(`${count.toLocaleString("en")} ${label}`);
  await copyRows(sql, { table, columns, rows, onRows });
  if (!columns.includes("id") || table === "users") return;
  await sql`select setval(pg_get_serial_sequence(${table}, 'id'), (select max(id) from ${sql(table)}))`;
}

async function withClient<Result>(url: string, work: (sql: Sql) => Promise<Result>): Promise<Result> {
  const sql = openClient(url, { max: 1, applicationName: "securyflex-console seed" });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
