import { consoleDatabase } from "../../db/connections";
import { listOpenFindings, listPanelMeasurements } from "../../db/database/list-findings";
import { panels } from "../../db/panels";
import type { TokenAnswer } from "../http/plain-answers.server";
import { runbookPath } from "./runbook.server";
import { type Metric, writeMetrics } from "./write-metrics";

/** What the worker read last, for Prometheus. Asks the console's own database alone. */
export const metrics: TokenAnswer = {
  path: "/metrics",
  token: () => process.env.METRICS_TOKEN,
  answer: async (_req, res) => {
    res.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8").send(writeMetrics(await listMetrics()));
  },
};

async function listMetrics(): Promise<Metric[]> {
  const [states, findings] = await Promise.all([
    listPanelMeasurements(consoleDatabase()),
    listOpenFindings(consoleDatabase()),
  ]);
  const known = states.flatMap((state) => {
    const panel = panels.find(({ id }) => id === state.panel);
    return panel ? [{ panel, state }] : [];
  });
  const ofPanel = (name: string, help: string, value: (one: (typeof known)[number]) => number | null): Metric => ({
    name: `securyflex_panel_${name}`,
    help,
    type: "gauge",
    values: known.map((one) => ({ labels: { panel: one.panel.id }, value: value(one) })),
  });
  const severities = ["warning", "critical"] as const;
  return [
    ofPanel("up", "1 where the newest reading succeeded.", ({ state }) => (state.failure === null ? 1 : 0)),
    ofPanel("read_timestamp_seconds", "When the panel was read.", ({ state }) => state.readAt.getTime() / 1000),
    ofPanel("cost_seconds", "What the reading took.", ({ state }) =>
      state.tookMilliseconds === null ? null : state.tookMilliseconds / 1000,
    ),
    ofPanel("unjudged_rows", "Rows whose judged value is unknown.", ({ state }) => state.unjudgedCount),
    {
      name: "securyflex_panel_findings",
      help: `Findings that hold. Runbook: ${runbookPath("<panel>")}`,
      type: "gauge",
      values: known.flatMap(({ panel }) =>
        severities.map((severity) => ({
          labels: { panel: panel.id, severity },
          value: findings.filter((one) => one.panel === panel.id && one.severity === severity).length,
        })),
      ),
    },
    ...known.flatMap(({ panel, state }) =>
      (panel.history?.columns ?? []).map((column): Metric => {
        const { label, unit, isCounter } = panel.columns[column] as (typeof panel.columns)[string];
        return {
          name: `securyflex_${panel.id}_${column}`,
          help: `${panel.title}: ${label}, in ${unit}. Runbook: ${runbookPath(panel.id)}`,
          type: isCounter ? "counter" : "gauge",
          values: state.measured.map(({ subject, measured }) => ({
            labels: subject === "" ? {} : { row: subject },
            value: measured[column] ?? null,
          })),
        };
      }),
    ),
  ];
}
