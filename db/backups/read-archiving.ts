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
           last_archived_time as "lastArchivedAt", substring(last_archived_wal from '^[0-9A-F]{24}') as "lastArchivedWal",
           last_failed_time as "lastFailedAt", last_failed_wal as "lastFailedWal"
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
    db: z.array(z.object({ "system-id": z.number() })),
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

/**
 * What pgBackRest of this machine has of the server with this system identifier; null where there is no pgBackRest, a
 * sentence where it does not tell.
 */
export async function readStanzas(systemIdentifier: string): Promise<Stanza[] | string | null> {
  try {
    const { stdout } = await execute("pgbackrest", ["info", "--output=json"], { timeout: 5_000 });
    return parseStanzas(stdout, systemIdentifier);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    return "pgBackRest did not answer; run pgbackrest info on the worker's machine.";
  }
}

/** The stanzas of one server in an answer of pgbackrest info, or a sentence why they cannot be told. */
export function parseStanzas(text: string, systemIdentifier: string): Stanza[] | string {
  const parsed = info.safeParse(readJson(text));
  if (!parsed.success) return "pgBackRest answered in a form that is not known.";
  // Beyond 2^53 both lose the same digits.
  const own = parsed.data.filter(({ db }) => db.some((one) => one["system-id"] === Number(systemIdentifier)));
  if (own.length > 0) return own.map(describeStanza);
  // A repository that cannot be read does not tell whose it is.
  const unread = parsed.data.find(({ db, status }) => db.length === 0 && status.code !== 0);
  if (!unread) return "pgBackRest of this machine knows no stanza of this server.";
  return `pgBackRest cannot read its repository of ${unread.name} (status ${unread.status.code}); run pgbackrest info on the worker's machine.`;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
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
