import type { Sql } from "../connections";
import { judgeRow, type Panel, type PanelRow, subjectOf } from "../panel";
import type { PanelReading } from "./read-panel";

/** Resolutions in seconds in which samples are kept, finest first. */
export const resolutions = [60, 600, 3600] as const;

/**
 * Stores one answer of the worker: when it was read and what it cost, the findings that begin, go on and end, and the
 * numbers of its history. A panel that could not be read ends no finding. May be repeated for the same `slot`.
 */
export async function recordPanelReading(
  sql: Sql,
  { panel, reading, slot }: { panel: Panel; reading: PanelReading; slot: Date },
): Promise<void> {
  if (reading.state === "unreadable") {
    await sql`
      insert into panel_readings (panel, read_at, failure) values (${panel.id}, ${reading.readAt}, ${reading.sentence})
      on conflict (panel) do update
      set read_at = excluded.read_at, failure = excluded.failure, took_milliseconds = null, row_count = null,
          unjudged_count = null, measured = excluded.measured`;
    return;
  }
  const judged = reading.rows.map((row) => ({ row, severity: judgeRow(panel, row) }));
  const samples = sampleRows(panel, reading.rows);
  const unjudgedCount = judged.filter(({ severity }) => severity === "unknown").length;
  await sql`
    insert into panel_readings (panel, read_at, took_milliseconds, row_count, unjudged_count, measured)
    values (${panel.id}, ${reading.readAt}, ${reading.tookMilliseconds}, ${reading.rows.length}, ${unjudgedCount},
            ${sql.json(samples as never)})
    on conflict (panel) do update
    set read_at = excluded.read_at, took_milliseconds = excluded.took_milliseconds, row_count = excluded.row_count,
        unjudged_count = excluded.unjudged_count, measured = excluded.measured, failure = null`;
  await recordFindings(sql, panel, reading.readAt, judged);
  await recordSamples(sql, panel, slot, samples);
}

type Judged = { row: PanelRow; severity: string };

async function recordFindings(sql: Sql, panel: Panel, readAt: Date, judged: readonly Judged[]): Promise<void> {
  const { threshold, finding } = panel;
  if (!threshold || !finding) return;
  const found = judged
    .filter(({ severity }) => severity === "warning" || severity === "critical")
    .map(({ row, severity }) => ({
      subject: subjectOf(panel, row),
      severity,
      sentence: finding(row),
      value: row[threshold.column],
    }));
  await sql`
    update findings set ended_at = ${readAt}
    where panel = ${panel.id} and ended_at is null and subject <> all (${found.map(({ subject }) => subject)})`;
  await sql`
    insert into findings (panel, subject, severity, sentence, value, began_at, last_seen_at)
    select distinct on (subject) ${panel.id}, subject, severity, sentence, value, ${readAt}::timestamptz, ${readAt}::timestamptz
    from jsonb_to_recordset(${sql.json(found as never)}) as found (
      subject text, severity text, sentence text, value double precision
    )
    order by subject
    on conflict (panel, subject) where ended_at is null do update
    set severity = excluded.severity, sentence = excluded.sentence, value = excluded.value,
        last_seen_at = excluded.last_seen_at`;
}

type Sample = { subject: string; measured: Record<string, number> };

function sampleRows(panel: Panel, rows: readonly PanelRow[]): Sample[] {
  const columns = panel.history?.columns ?? [];
  return columns.length === 0
    ? []
    : rows.map((row) => ({
        subject: subjectOf(panel, row),
        measured: Object.fromEntries(
          columns.flatMap((column) => (typeof row[column] === "number" ? [[column, row[column] as number]] : [])),
        ),
      }));
}

/** The sums over all rows, under no name: they tell an answer without rows from no answer. */
function sumOf(samples: readonly Sample[], columns: readonly string[]): Sample {
  const sum = (column: string) => samples.reduce((total, { measured }) => total + (measured[column] ?? 0), 0);
  return { subject: "", measured: Object.fromEntries(columns.map((column) => [column, sum(column)])) };
}

async function recordSamples(sql: Sql, panel: Panel, slot: Date, answered: readonly Sample[]): Promise<void> {
  const { id, everySeconds = 60, history } = panel;
  const samples = history?.isAbsentZero ? [...answered, sumOf(answered, history.columns)] : answered;
  if (samples.length === 0) return;
  await sql`
    insert into panel_samples (resolution_seconds, sampled_at, panel, subject, measured)
    select resolution, at, ${id}, subject, measured
    from jsonb_to_recordset(${sql.json(samples as never)}) as sample (subject text, measured jsonb)
    cross join unnest(${resolutions.filter((seconds) => seconds >= everySeconds)}::integer[]) as resolution
    cross join lateral (
      select to_timestamp(floor(extract(epoch from ${slot}::timestamptz) / resolution) * resolution) as at
    ) as slot
    where not exists (
      select from panel_samples as taken
      where (taken.resolution_seconds, taken.panel, taken.subject, taken.sampled_at) = (resolution, ${id}, '', at)
    )
    on conflict do nothing`;
}
