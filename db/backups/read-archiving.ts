import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connections";
import type { Archiver, Stanza } from "../rules/backups/judge-archiving";

const execute = promisify(execFile);

/** What the server says of archiving its WAL. Needs pg_monitor for the command's name. */
export async function readArchiver(db: Database): Promise<Archiver> {
  const [row] = await db.execute<Record<string, unknown>>(sql`
    select current_setting('archive_mode') as mode,
           coalesce(nullif(current_setting('archive_command', true), ''), nullif(current_setting('archive_library', true), '')) as way,
           archived_count::float8 as "archivedCount", failed_count::float8 as "failedCount",
           last_archived_time as "lastArchivedAt", last_failed_time as "lastFailedAt", last_failed_wal as "lastFailedWal"
    from pg_stat_archiver`);
  const found = row as unknown as Archiver & {
    lastArchivedAt: string | Date | null;
    lastFailedAt: string | Date | null;
  };
  const instant = (value: string | Date | null) => (value === null ? null : new Date(value));
  return { ...found, lastArchivedAt: instant(found.lastArchivedAt), lastFailedAt: instant(found.lastFailedAt) };
}

const info = z.array(
  z.object({
    name: z.string(),
    status: z.object({ code: z.number(), message: z.string() }),
    archive: z.array(z.object({ id: z.string(), min: z.string().nullable(), max: z.string().nullable() })),
    backup: z.array(
      z.object({
        label: z.string(),
        type: z.string(),
        error: z.boolean().nullish(),
        timestamp: z.object({ start: z.number(), stop: z.number() }),
        archive: z.object({ start: z.string().nullable(), stop: z.string().nullable() }),
      }),
    ),
  }),
);

/** What pgBackRest of this machine has; null where there is none, a sentence where it does not tell. */
export async function readStanzas(): Promise<Stanza[] | string | null> {
  try {
    const { stdout } = await execute("pgbackrest", ["info", "--output=json"], { timeout: 5_000 });
    const parsed = info.safeParse(JSON.parse(stdout));
    return parsed.success ? parsed.data.map(describeStanza) : "pgBackRest answered in a form that is not known.";
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    return "pgBackRest did not answer; run pgbackrest info on the worker's machine.";
  }
}

function describeStanza({ name, status, archive, backup }: z.infer<typeof info>[number]): Stanza {
  const at = (seconds: number) => new Date(seconds * 1000);
  return {
    name,
    fault: status.code === 0 ? null : status.message,
    archiveMin: archive.at(-1)?.min ?? null,
    archiveMax: archive.at(-1)?.max ?? null,
    backups: backup.map(({ label, type, error, timestamp, archive: wal }) => ({
      label,
      type,
      isFaulty: error ?? false,
      endedAt: at(timestamp.stop),
      walStart: wal.start,
    })),
  };
}
