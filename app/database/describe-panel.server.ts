import { findOperation } from "../../db/operations/index";
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
    remedy: remedy.text,
    act: describeAct(panel),
    empty,
    source,
  };
}

export type PanelSummary = ReturnType<typeof describePanel>;

/** Where a row leads to the operation that mends it: title, address and the column that fills its first field. */
function describeAct({ remedy, key }: Panel) {
  const operation = findOperation(remedy.operation);
  const field = operation?.fields[0];
  return operation && field
    ? { title: operation.title, path: `/operations/new/${operation.id}`, field: field.name, column: key[0] as string }
    : null;
}
