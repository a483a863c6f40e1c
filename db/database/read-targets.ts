import { type Recovery, readRecovery } from "../backups/read-recovery";
import type { ConsoleDatabase } from "../connections";
import type { Severity } from "../panel";
import type { PointInTime } from "../rules/backups/judge-archiving";
import { type Growth, growthOf } from "../rules/database/growth";
import { hitRatioBetween } from "../rules/database/hit-ratio";
import type { Measured } from "../rules/database/rates";
import { listDailySamples, listPanelSamples, type PanelSample } from "./list-panel-samples";

export type Target = {
  title: string;
  /** Null where it could not be measured; `note` says why. */
  value: number | null;
  unit: "ratio" | "milliseconds" | "count" | "seconds";
  /** For example "below 80 %". */
  limit: string;
  severity: Severity;
  /** Window and source of the value, or why there is none. */
  note: string;
};

const hourMs = 3_600_000;
const monthDays = 30;
/** A sample older than this says nothing of now. */
const freshMs = 5 * 60_000;

/** SecuryFlex's own success metrics at `now`, from the samples of the worker; what was not measured is unknown. */
export async function readTargets(db: ConsoleDatabase, now: Date, databaseName: string | null): Promise<Target[]> {
  const since = (backMs: number) => new Date(now.getTime() - backMs);
  const read = (panel: string, resolutionSeconds: number, from: Date, subject = "") =>
    listPanelSamples(db, { panel, subject, resolutionSeconds, from, to: now });
  const [means, saturation, sizes, hits, activity, recovery] = await Promise.all([
    read("statement-means", 60, since(freshMs)),
    read("connection-saturation", 60, since(freshMs)),
    databaseName
      ? listDailySamples(db, { panel: "database-sizes", subject: databaseName, column: "sizeBytes", asOf: now })
      : [],
    read("hit-ratios", 60, since(hourMs)),
    read("database-activity", 60, since(freshMs)),
    databaseName ? readRecovery(db, databaseName) : undefined,
  ]);
  const newest = (samples: PanelSample[], column: string) => samples.at(-1)?.measured[column] ?? null;
  const growth = growthOf(sizes);
  return [
    judge({
      title: "Statement speed, 95 of 100 calls",
      value: newest(means, "p95MeanMilliseconds"),
      unit: "milliseconds",
      limit: "below 100 ms",
      isMet: (value) => value < 100,
      note: "by the means of statements since their statistics began; the server keeps no percentiles of calls",
    }),
    judge({
      title: "Connections used",
      value: newest(saturation, "usedRatio"),
      unit: "ratio",
      limit: "below 80 %",
      isMet: (value) => value < 0.8,
      note: "now, of what clients may open",
    }),
    judge({
      title: "Growth of the database",
      value: growth && growth.value > 0 ? (growth.perDay * monthDays) / growth.value : null,
      unit: "ratio",
      limit: "below 10 % a month",
      isMet: (value) => value < 0.1,
      note: growth ? describeBounds(growth) : "told from two weeks of samples on",
    }),
    judge({
      title: "Index hit ratio",
      value: hitRatioBetween(series(hits, "indexBlocksHit"), series(hits, "indexBlocksRead")),
      unit: "ratio",
      limit: "above 99 %",
      isMet: (value) => value > 0.99,
      note: "over the last hour; unknown where nothing was read or the statistics were reset",
    }),
    judge({
      title: "Cache hit ratio",
      value: hitRatioBetween(series(hits, "tableBlocksHit"), series(hits, "tableBlocksRead")),
      unit: "ratio",
      limit: "above 95 %",
      isMet: (value) => value > 0.95,
      note: "over the last hour; no alarm by itself, look at the reads",
    }),
    judge({
      title: "Corruption",
      value: newest(activity, "checksumFailures"),
      unit: "count",
      limit: "none",
      isMet: (value) => value === 0,
      note: "blocks that failed their checksum; unknown while checksums are off",
    }),
    ...judgeRecovery(recovery, now),
  ];
}

/**
 * What a restore measured: how long it took, and what was written since the backup that it proved. Where that misses
 * its target and `window` reaches nearer to now, the WAL tells data at risk: amber at best, as no restore here proved it.
 */
export function judgeRecovery(recovery: Recovery | undefined, now: Date, window?: PointInTime): Target[] {
  const target = { unit: "seconds", limit: "below 1 h", isMet: (value: number) => value < hourMs / 1000 } as const;
  const unmeasured = "not measured yet: only a restore that was carried out measures it";
  const secondsSince = (at: Date) => (now.getTime() - at.getTime()) / 1000;
  const byBackup = judge({
    ...target,
    title: "Data at risk (RPO)",
    value: recovery ? secondsSince(recovery.snapshotAt) : null,
    note: recovery
      ? `since the snapshot of ${recovery.id}, the newest that is proved${window ? "" : "; what archived WAL adds stands with the backups"}`
      : unmeasured,
  });
  const reach = window && "until" in window ? window : undefined;
  const isByWal =
    reach !== undefined && byBackup.severity !== "ok" && secondsSince(reach.until) < (byBackup.value ?? Infinity);
  return [
    judge({
      ...target,
      title: "Recovery time (RTO)",
      value: recovery?.restoreSeconds ?? null,
      note: recovery ? `by the restore of ${recovery.id}, checked row by row` : unmeasured,
    }),
    isByWal
      ? {
          ...byBackup,
          value: secondsSince(reach.until),
          severity: "warning",
          note: `since the last WAL that pgBackRest's ${reach.stanza} holds; no restore from it was proved here`,
        }
      : byBackup,
  ];
}

function judge({ isMet, ...target }: Omit<Target, "severity"> & { isMet: (value: number) => boolean }): Target {
  const severity = target.value === null ? "unknown" : isMet(target.value) ? "ok" : "warning";
  return { ...target, severity };
}

function series(samples: readonly PanelSample[], column: string): Measured[] {
  return samples.map(({ sampledAt, measured }) => ({ at: sampledAt, value: measured[column] ?? null }));
}

function describeBounds({ lowPerDay, highPerDay, value, dayCount, spanDays }: Growth): string {
  const percent = (perDay: number) => `${((perDay * monthDays * 100) / value).toFixed(1)} %`;
  return `by ${dayCount} of the last ${Math.round(spanDays) + 1} days; in 8 of 10 pairs of days between ${percent(lowPerDay)} and ${percent(highPerDay)}`;
}
