import { data } from "@remix-run/node";

import { consoleDatabase } from "../../db/connections";
import { listPanelSamples, listSampledSubjects, resolutionFor } from "../../db/database/list-panel-samples";
import { judgeRow, subjectOf } from "../../db/panel";
import { panels } from "../../db/panels";
import { describePanel } from "./describe-panel.server";
import { ranges, readRange } from "./history-range";
import { readPanelNow } from "./panel-reader.server";

/** One panel: as it is now, and the history of one of its rows. Throws 404 for what is no panel. */
export async function readPanelPage(panelId: string | undefined, search: URLSearchParams) {
  const panel = panels.find(({ id }) => id === panelId);
  if (!panel) {
    const message = "The address names no panel; the overview of the database room lists them all.";
    throw data({ title: "There is no such panel", message }, { status: 404 });
  }
  const [reading, history] = await Promise.all([
    readPanelNow(panel),
    panel.history ? readHistory(panel, search) : null,
  ]);
  if (reading.state === "unreadable") return { panel: describePanel(panel), reading, history };
  const { rows, ...read } = reading;
  const judged = rows.map((cells) => ({ name: subjectOf(panel, cells), severity: judgeRow(panel, cells), cells }));
  return { panel: describePanel(panel), reading: { ...read, rows: judged }, history };
}

async function readHistory({ id, everySeconds = 60 }: (typeof panels)[number], search: URLSearchParams) {
  const to = new Date();
  const range = readRange(search);
  const from = new Date(to.getTime() - ranges[range].seconds * 1000);
  const resolutionSeconds = resolutionFor(from, to, everySeconds);
  const subjects = await listSampledSubjects(consoleDatabase(), { panel: id, resolutionSeconds, from });
  const asked = search.get("row");
  const subject = asked !== null && subjects.includes(asked) ? asked : (subjects[0] ?? "");
  const samples = await listPanelSamples(consoleDatabase(), { panel: id, subject, resolutionSeconds, from, to });
  return { range, from, to, resolutionSeconds, subjects, subject, samples };
}

export type PanelPageRead = Awaited<ReturnType<typeof readPanelPage>>;
export type PanelHistory = NonNullable<PanelPageRead["history"]>;
