import { openClient, type Sql } from "../connections";

export type Maintenance = "analyze" | "vacuum";

export type MaintainedTable = {
  name: string;
  /** By the last vacuum or analyze; asking the table itself would wait for its locks. */
  sizeBytes: number;
  /** As the server counts them; an estimate. */
  deadTuples: number;
  /** By hand or by autovacuum. Null where it never was, or the statistics were reset. */
  lastAt: Date | null;
};

export type MaintenanceStep = { table: MaintainedTable } & (
  | { state: "planned"; statement: string }
  | { state: "running"; phase: string; doneRatio: number | null }
  | { state: "done"; tookMilliseconds: number; deadTuples: number }
  | { state: "refused"; sentence: string }
);

/** Nothing was begun. The message is a sentence. */
export class MaintenanceRefusal extends Error {}

const progressEveryMs = 1_000;

/**
 * Runs VACUUM (ANALYZE) or ANALYZE on tables of SecuryFlex one after the other, all of them where none is named, by the
 * name. A table that another session holds is left out and says so; nothing waits behind a lock or makes others wait.
 * `url` is that of console_admin, which owns the tables. Returns the last step of each. Throws MaintenanceRefusal for a
 * table that is none and on a standby; what the server refuses comes as it is, an abort of `signal` as its reason.
 */
export async function maintainTables(
  url: string,
  asked: {
    maintenance: Maintenance;
    tables?: readonly string[];
    /** Says what would be run, and runs nothing. */
    isDryRun?: boolean;
    onStep?: (step: MaintenanceStep) => void;
    signal?: AbortSignal;
  },
): Promise<MaintenanceStep[]> {
  const { maintenance, tables = [], isDryRun = false, onStep = () => {}, signal } = asked;
  const warnings: string[] = [];
  const onWarning = (warning: string) => warnings.push(warning);
  const sql = openClient(url, { max: 2, applicationName: "securyflex-console maintenance", onWarning });
  const outcomes: MaintenanceStep[] = [];
  try {
    for (const table of await chooseTables(sql, maintenance, tables)) {
      signal?.throwIfAborted();
      const options = maintenance === "vacuum" ? "analyze, skip_locked" : "skip_locked";
      const planned = { table, state: "planned", statement: `${maintenance} (${options}) ${table.name}` } as const;
      onStep(planned);
      if (isDryRun) {
        outcomes.push(planned);
        continue;
      }
      warnings.length = 0;
      const startedAt = performance.now();
      const run =
        maintenance === "vacuum"
          ? sql`vacuum (analyze, skip_locked) ${sql(`public.${table.name}`)}`
          : sql`analyze (skip_locked) ${sql(`public.${table.name}`)}`;
      const cancel = () => run.cancel();
      signal?.addEventListener("abort", cancel, { once: true });
      const stopWatching = watchProgress(sql, table, onStep);
      try {
        await run;
      } catch (error) {
        throw signal?.aborted ? signal.reason : error;
      } finally {
        signal?.removeEventListener("abort", cancel);
        await stopWatching();
      }
      const outcome = await judge(sql, table, warnings[0], performance.now() - startedAt);
      onStep(outcome);
      outcomes.push(outcome);
    }
  } finally {
    await sql.end({ timeout: 5 });
  }
  return outcomes;
}

async function chooseTables(sql: Sql, maintenance: Maintenance, names: readonly string[]): Promise<MaintainedTable[]> {
  const [server] = await sql<[{ isStandby: boolean }]>`select pg_is_in_recovery() as "isStandby"`;
  if (server.isStandby)
    throw new MaintenanceRefusal("Nothing was begun: this server is a standby, which changes nothing.");
  const known = await listTables(sql, maintenance);
  const strangers = names.filter((name) => !known.some((table) => table.name === name));
  if (strangers.length > 0) {
    const all = known.map(({ name }) => name).join(", ");
    throw new MaintenanceRefusal(
      `Nothing was begun: SecuryFlex has no table ${strangers.map((name) => `"${name}"`).join(", ")}. It has ${all}.`,
    );
  }
  return names.length === 0 ? known : known.filter(({ name }) => names.includes(name));
}

async function listTables(sql: Sql, maintenance: Maintenance): Promise<MaintainedTable[]> {
  const rows = await sql<{ name: string; sizeBytes: string; deadTuples: string; lastAt: Date | null }[]>`
    select relname as name, (relpages::bigint * current_setting('block_size')::integer)::text as "sizeBytes",
           coalesce(pg_stat_get_dead_tuples(oid), 0)::text as "deadTuples",
           case ${maintenance}::text
             when 'vacuum' then greatest(pg_stat_get_last_vacuum_time(oid), pg_stat_get_last_autovacuum_time(oid))
             else greatest(pg_stat_get_last_analyze_time(oid), pg_stat_get_last_autoanalyze_time(oid))
           end as "lastAt"
    from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      and not relispartition and not exists (select from pg_depend where objid = pg_class.oid and deptype = 'e')
    order by relname`;
  return rows.map((row) => ({ ...row, sizeBytes: Number(row.sizeBytes), deadTuples: Number(row.deadTuples) }));
}

/** Tells what the server says of the command that runs; what cannot be read is not told. Returns its end. */
function watchProgress(sql: Sql, table: MaintainedTable, onStep: (step: MaintenanceStep) => void) {
  let asking: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    asking = readProgress(sql, table.name).then(
      (progress) => progress && onStep({ table, state: "running", ...progress }),
      () => undefined,
    );
  }, progressEveryMs);
  return async () => {
    clearInterval(timer);
    await asking;
  };
}

async function readProgress(sql: Sql, name: string): Promise<{ phase: string; doneRatio: number | null } | undefined> {
  const [row] = await sql<{ phase: string; doneRatio: number | null }[]>`
    select phase, done::float8 / nullif(total, 0) as "doneRatio"
    from (
      select relid, datname, phase, heap_blks_scanned as done, heap_blks_total as total from pg_stat_progress_vacuum
      union all
      select relid, datname, phase, sample_blks_scanned, sample_blks_total from pg_stat_progress_analyze
    ) as progress
    join pg_class on pg_class.oid = relid
    where datname = current_database() and relnamespace = 'public'::regnamespace and relname = ${name}`;
  return row;
}

async function judge(
  sql: Sql,
  table: MaintainedTable,
  warning: string | undefined,
  tookMilliseconds: number,
): Promise<MaintenanceStep> {
  if (warning) return { table, state: "refused", sentence: explain(warning) };
  const [row] = await sql<[{ deadTuples: string }?]>`
    select coalesce(pg_stat_get_dead_tuples(oid), 0)::text as "deadTuples" from pg_class
    where relnamespace = 'public'::regnamespace and relname = ${table.name}`;
  return { table, state: "done", tookMilliseconds, deadTuples: Number(row?.deadTuples ?? 0) };
}

function explain(warning: string): string {
  if (warning.includes("lock not available")) return "Another session holds a lock on it. Try again when it has ended.";
  if (/only .*(owner|superuser)|permission denied/.test(warning))
    return "It belongs to a role that console_admin is not a member of.";
  return `The server says: ${warning}.`;
}
