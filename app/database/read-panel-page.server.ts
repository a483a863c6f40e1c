import { data } from "@remix-run/node";

import { consoleDatabase } from "../../db/connections";
import { bloatLabel } from "../../db/operations/measure-bloat";
import { listNewestProofs } from "../../db/operations/runs/list-runs";
import type { Panel } from "../../db/panel";
import { panels } from "../../db/panels";
import { describePanel } from "./describe-panel.server";
import { judgePanel } from "./judge-panel.server";
import type { Measured } from "./panel-columns";
import { readPanelNow } from "./panel-reader.server";
import { readHistory } from "./read-history.server";
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
  return { ...described, reading: { ...read, rows: judgePanel(panel, rows, await readMeasured(panel)) }, wayOut };
}

/** What was counted last of each row, by its name. */
async function readMeasured({ remedy }: Panel): Promise<Map<string, Measured>> {
  if (!remedy.measure) return new Map();
  const proofs = await listNewestProofs(consoleDatabase(), remedy.measure, bloatLabel);
  return new Map(proofs.map(({ target, ...measured }) => [target, measured]));
}

/** Throws 404 for what is no panel. */
export function requirePanel(panelId: string | undefined): Panel {
  const panel = panels.find(({ id }) => id === panelId);
  if (panel) return panel;
  const message = "The address names no panel; the overview of the database room lists them all.";
  throw data({ title: "There is no such panel", message }, { status: 404 });
}

export type PanelPageRead = Awaited<ReturnType<typeof readPanelPage>>;
