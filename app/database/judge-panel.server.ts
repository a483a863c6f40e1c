import { findOperation } from "../../db/operations/index";
import { actOf, judgeRow, type Panel, type PanelRow, subjectOf } from "../../db/panel";
import type { JudgedRow, Measured } from "./panel-columns";

/** The rows of a panel with what they are called, how bad they are and what can be done. */
export function judgePanel(
  panel: Panel,
  rows: readonly PanelRow[],
  measured: ReadonlyMap<string, Measured> = new Map(),
): JudgedRow[] {
  return rows.map((cells) => ({
    name: subjectOf(panel, cells),
    severity: judgeRow(panel, cells),
    cells,
    act: describeAct(panel, cells),
    hasWayOut: Boolean(panel.remedy.statement?.(cells)),
    measured: measured.get(subjectOf(panel, cells)) ?? null,
  }));
}

function describeAct(panel: Panel, row: PanelRow): JudgedRow["act"] {
  const act = actOf(panel, row);
  const operation = act && findOperation(act.operation);
  return operation
    ? { title: operation.title, to: `/operations/new/${operation.id}?${new URLSearchParams(act.fields)}` }
    : null;
}
