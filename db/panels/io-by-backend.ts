import { sql } from "drizzle-orm";

import { definePanel } from "../panel";

export const ioByBackend = definePanel({
  id: "io-by-backend",
  group: "io",
  title: "IO by backend",
  question: "Who reads and writes, and in which context?",
  requires: { serverVersion: 160_000 },
  sql: ({ versionNumber }) => {
    const bytes = (column: "read" | "write" | "extend") => {
      const counted = { read: sql`reads`, write: sql`writes`, extend: sql`extends` }[column];
      if (versionNumber < 180_000) return sql`(${counted} * op_bytes)::float8`;
      return { read: sql`read_bytes::float8`, write: sql`write_bytes::float8`, extend: sql`extend_bytes::float8` }[
        column
      ];
    };
    return sql`
      select backend_type as "backend", object as "object", context as "context",
             ${bytes("read")} as "readBytes", ${bytes("write")} as "writtenBytes", ${bytes("extend")} as "extendedBytes",
             case when current_setting('track_io_timing')::boolean then read_time / 1000 end as "readSeconds",
             evictions::float8 as "evictions", hits::float8 as "hits"
      from pg_stat_io
      where coalesce(reads, 0) + coalesce(writes, 0) + coalesce(extends, 0) + coalesce(hits, 0) > 0
      order by coalesce(${bytes("read")}, 0) + coalesce(${bytes("write")}, 0) desc, backend_type, object, context`;
  },
  columns: {
    backend: { label: "Backend", unit: "text" },
    object: { label: "Object", unit: "text" },
    context: { label: "Context", unit: "text" },
    readBytes: { label: "Read", unit: "bytes" },
    writtenBytes: { label: "Written", unit: "bytes" },
    extendedBytes: { label: "Extended", unit: "bytes" },
    readSeconds: { label: "Time spent reading", unit: "seconds", description: "Unknown while track_io_timing is off." },
    evictions: {
      label: "Evictions",
      unit: "count",
      description: "Client backends that evict wait for room in shared buffers.",
    },
    hits: { label: "Found in cache", unit: "count" },
  },
  key: ["backend", "object", "context"],
  everySeconds: 600,
  remedy: {
    text: "Many evictions and writes by client backends: the background writer is behind, or shared_buffers is small.",
  },
  empty: "Nothing was read or written since the statistics began.",
  source: "https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-IO-VIEW",
});
