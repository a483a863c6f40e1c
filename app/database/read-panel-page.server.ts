import { data } from "@remix-run/node";

import { consoleDatabase } from "../../db/connections";
import { listPanelSamples, listSampledSubjects, resolutionFor } from "../../db/database/list-panel-samples";
import type { Panel } from "../../db/panel";
import { panels } from "../../db/panels";
import { describePanel } from "./describe-panel.server";
import { readPeriod } from "./history-range";
import { judgePanel } from "./judge-panel.server";
import { readPanelNow } from "./panel-reader.server";
import { findRunbookSection } from "./runbook.server";
import { wayOutOf } from "./way-out.server";

/** One panel: as it is now, the way out of the row that is asked for, and the history of one of its rows. */
export async function readPanelPage(panelId: string | undefined, search: URLSearchParams) {
  const panel = requirePanel(panelId);
  const [reading, history] = await Promise.all([
    readPanelNow(panel),
    panel.history ? readHistory(panel, search) : null,
  ]);
  const described = { panel: describePanel(panel), history, runbook: findRunbookSection(panel.id) ?? null };
  if (reading.state === "unreadable") return { ...described, reading, wayOut: null };
  const { rows, ...read } = reading;
  const wayOut = wayOutOf(panel, rows, search.get("way"));
  return { ...described, reading: { ...read, rows: judgePanel(panel, rows) }, wayOut };
}

/** Throws 404 for what is no panel. */
export function requirePanel(panelId: string | undefined): Panel {
  const panel = panels.find(({ id }) => id === panelId);
  if (panel) return panel;
  const message = "The address names no panel; the overview of the database room lists them all.";
  throw data({ title: "There is no such panel", message }, { status: 404 });
}

async function readHistory({ id, everySeconds = 60 }: Panel, search: URLSearchParams) {
  const now = new Date();
  const period = readPeriod(search, now);
  const { from, to } = period;
  const resolutionSeconds = resolutionFor(from, now, everySeconds);
  if (period.complaint) return { period, resolutionSeconds, subjects: [], subject: "", samples: [] };
  const subjects = await listSampledSubjects(consoleDatabase(), { panel: id, resolutionSeconds, from, to });
  const asked = search.get("row");
  const subject = asked !== null && subjects.includes(asked) ? asked : (subjects[0] ?? "");
  const samples = await listPanelSamples(consoleDatabase(), { panel: id, subject, resolutionSeconds, from, to });
  return { period, resolutionSeconds, subjects, subject, samples };
}

export type PanelPageRead = Awaited<ReturnType<typeof readPanelPage>>;
export type PanelHistory = NonNullable<PanelPageRead["history"]>;
