import { expect, test } from "vitest";

import { writeMetrics } from "../../../app/database/write-metrics";

test("a metric is written as Prometheus reads it, counters by their name", () => {
  const text = writeMetrics([
    {
      name: "securyflex_wal-written_walBytes",
      help: "WAL written.",
      type: "counter",
      values: [{ labels: {}, value: 12 }],
    },
    {
      name: "securyflex_sizes_sizeBytes",
      help: "Size.",
      type: "gauge",
      values: [{ labels: { row: 'a "b"\\\n' }, value: 0.5 }],
    },
  ]);
  expect(text).toBe(
    [
      "# HELP securyflex_wal_written_wal_bytes_total WAL written.",
      "# TYPE securyflex_wal_written_wal_bytes_total counter",
      "securyflex_wal_written_wal_bytes_total 12",
      "# HELP securyflex_sizes_size_bytes Size.",
      "# TYPE securyflex_sizes_size_bytes gauge",
      'securyflex_sizes_size_bytes{row="a \\"b\\"\\\\\\n"} 0.5',
      "",
    ].join("\n"),
  );
});

test("what is unknown is absent, never zero", () => {
  const values = [
    { labels: {}, value: null },
    { labels: { row: "x" }, value: Number.NaN },
  ];
  expect(writeMetrics([{ name: "securyflex_age", help: "Age.", type: "gauge", values }])).toBe("");
});
