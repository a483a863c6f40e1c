import { consoleDatabase } from "../../db/connections";
import { listOpenFindings, listPanelStates } from "../../db/database/list-findings";
import { readTargets } from "../../db/database/read-targets";
import { loginUrl, readEnvironment } from "../../db/environment";
import { panels } from "../../db/panels";
import { describePanel, type PanelSummary } from "./describe-panel.server";

/** A worker that is later than this with its next reading is taken for away. */
const overdueSeconds = 180;

/** So that one panel with hundreds of findings does not bury the others. */
const mostFindingsOfPanel = 20;

/** What the worker found last. Asks the console's own database alone, so that looking costs SecuryFlex nothing. */
export async function readOverview() {
  const readAt = new Date();
  const db = consoleDatabase();
  const [found, states, targets] = await Promise.all([
    listOpenFindings(db),
    listPanelStates(db),
    readTargets(db, readAt, databaseName()),
  ]);
  const newest = states.reduce<Date | null>((last, state) => (last && last > state.readAt ? last : state.readAt), null);
  const stateOf = new Map(states.map((state) => [state.panel, state]));
  const summaries = panels.map((panel): PanelSummary & { state: (typeof states)[number] | null; findings: number } => ({
    ...describePanel(panel),
    state: stateOf.get(panel.id) ?? null,
    findings: found.filter((one) => one.panel === panel.id).length,
  }));
  const shown = new Map<string, number>();
  const isShown = ({ panel }: (typeof found)[number]) => {
    const count = (shown.get(panel) ?? 0) + 1;
    shown.set(panel, count);
    return count <= mostFindingsOfPanel;
  };
  return {
    readAt,
    newest,
    isOverdue: newest !== null && readAt.getTime() - newest.getTime() > overdueSeconds * 1000,
    findings: found.filter(isShown).flatMap((finding) => {
      const panel = summaries.find(({ id }) => id === finding.panel);
      return panel ? [{ ...finding, panel }] : [];
    }),
    folded: summaries.flatMap(({ id, title, findings }) =>
      findings > mostFindingsOfPanel ? [{ id, title, count: findings - mostFindingsOfPanel }] : [],
    ),
    targets,
    panels: summaries,
  };
}

function databaseName(): string | null {
  const { pathname } = new URL(loginUrl(readEnvironment(), "console_read"));
  return decodeURIComponent(pathname.slice(1)) || null;
}

export type Overview = Awaited<ReturnType<typeof readOverview>>;
export type OverviewPanel = Overview["panels"][number];
