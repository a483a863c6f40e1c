import { sql } from "drizzle-orm";

import { available, defineFeature, limited, missing } from "./feature";

export const serverVersion = defineFeature<{ version: string; versionNumber: number }>({
  id: "server-version",
  title: "Server version",
  purpose: "The catalogs that the console reads exist from PostgreSQL 14 on.",
  needs: "PostgreSQL 14 or newer",
  query: sql`
    select current_setting('server_version') as "version",
           current_setting('server_version_num')::integer as "versionNumber"`,
  judge: ({ version, versionNumber }) =>
    versionNumber >= 140_000
      ? available(`PostgreSQL ${version}.`)
      : missing(`PostgreSQL ${version} is older than 14; panels that need newer catalogs stay empty.`, null),
});

export const ioTiming = defineFeature<{ value: string }>({
  id: "io-timing",
  title: "IO timing",
  purpose: "Tells time spent on reading from time spent on computing.",
  needs: "setting track_io_timing = on",
  query: sql`select current_setting('track_io_timing') as "value"`,
  judge: ({ value }) =>
    value === "on"
      ? available("track_io_timing is on.")
      : missing(
          "track_io_timing is off: reads are counted, not timed.",
          "alter system set track_io_timing = on;\nselect pg_reload_conf();",
        ),
});

type Archiving = { mode: string; command: string; library: string; isFailing: boolean; archivedCount: number };

export const walArchiving = defineFeature<Archiving>({
  id: "wal-archiving",
  title: "Point-in-time recovery",
  purpose: "Restores to any second; without it only to the last backup.",
  needs: "setting archive_mode = on with an archive_command",
  query: sql`
    select current_setting('archive_mode') as "mode",
           current_setting('archive_command') as "command",
           coalesce(current_setting('archive_library', true), '') as "library",
           coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false) as "isFailing",
           archived_count::integer as "archivedCount"
    from pg_stat_archiver`,
  judge: ({ mode, command, library, isFailing, archivedCount }) => {
    if (mode === "off") {
      return missing(
        "archive_mode is off: WAL is not archived.",
        "alter system set archive_mode = on; -- with an archive_command that never overwrites; restart",
      );
    }
    if (library === "" && (command === "" || command === "(disabled)")) {
      return missing(
        "archive_mode is on without an archive_command: WAL piles up.",
        "alter system set archive_command = '...'; -- durable, never overwrites\nselect pg_reload_conf();",
      );
    }
    if (isFailing) return limited("The last attempt to archive failed; the server's log says why.", null);
    if (archivedCount === 0)
      return limited("Nothing has been archived yet, so nothing is proven.", "select pg_switch_wal();");
    return available(`WAL is archived; ${archivedCount} files since the statistics began.`);
  },
});

export const logicalDecoding = defineFeature<{ level: string; slots: number }>({
  id: "logical-decoding",
  title: "Logical replication",
  purpose: "Subscribers of the product receive changes from the server.",
  needs: "setting wal_level = logical",
  query: sql`
    select current_setting('wal_level') as "level", current_setting('max_replication_slots')::integer as "slots"`,
  judge: ({ level, slots }) => {
    if (level !== "logical") {
      return missing(`wal_level is ${level}.`, "alter system set wal_level = logical; -- restart");
    }
    if (slots === 0) {
      return missing("max_replication_slots is 0.", "alter system set max_replication_slots = 10; -- restart");
    }
    return available(`wal_level is logical, with room for ${slots} slots.`);
  },
});

export const checksums = defineFeature<{ value: string }>({
  id: "checksums",
  title: "Data checksums",
  purpose: "The server notices a block that the disk has changed.",
  needs: "data checksums, made by initdb -k or pg_checksums",
  query: sql`select current_setting('data_checksums') as "value"`,
  judge: ({ value }) =>
    value === "on"
      ? available("Each block carries a checksum.")
      : missing("Blocks carry no checksum; pg_checksums --enable adds them while the server is stopped.", null),
});
