import type { Panel } from "../../db/panel";

/** What a page may know of a panel: all but its SQL. */
export function describePanel(panel: Panel) {
  const {
    id,
    group,
    title,
    question,
    columns,
    key,
    threshold,
    everySeconds = 60,
    history,
    remedy,
    empty,
    source,
  } = panel;
  return {
    id,
    group,
    title,
    question,
    columns,
    key,
    threshold: threshold ?? null,
    everySeconds,
    historyColumns: history?.columns ?? [],
    isAbsentZero: history?.isAbsentZero ?? false,
    remedy: remedy.text,
    hasAct: Boolean(remedy.operation || remedy.statement),
    hasWayOut: Boolean(remedy.statement),
    isMeasurable: Boolean(remedy.measure),
    empty,
    source,
  };
}

export type PanelSummary = ReturnType<typeof describePanel>;
