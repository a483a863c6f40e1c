export type Metric = {
  /** May hold hyphens and capitals; they become underscores and lower case. */
  name: string;
  help: string;
  type: "gauge" | "counter";
  /** A value of null is not written: unknown is absent, never zero. */
  values: { labels: Record<string, string | undefined>; value: number | null }[];
};

/** Prometheus text format 0.0.4. */
export function writeMetrics(metrics: readonly Metric[]): string {
  return metrics
    .flatMap(({ name, help, type, values }) => {
      const written = `${toSnake(name)}${type === "counter" ? "_total" : ""}`;
      const lines = values.flatMap(({ labels, value }) =>
        value === null || !Number.isFinite(value) ? [] : [`${written}${writeLabels(labels)} ${value}`],
      );
      return lines.length === 0 ? [] : [`# HELP ${written} ${help}`, `# TYPE ${written} ${type}`, ...lines];
    })
    .map((line) => `${line}\n`)
    .join("");
}

function toSnake(name: string): string {
  return name.replaceAll("-", "_").replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function writeLabels(labels: Record<string, string | undefined>): string {
  const written = Object.entries(labels).map(([name, value = ""]) => `${name}="${escapeLabel(value)}"`);
  return written.length === 0 ? "" : `{${written.join(",")}}`;
}

function escapeLabel(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
