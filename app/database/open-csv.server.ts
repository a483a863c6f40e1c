import { consoleDatabase, watchedDatabase } from "../../db/connections";
import { resolutionFor, tellPanelSamples } from "../../db/database/list-panel-samples";
import { statementOrders } from "../../db/database/list-statements";
import { readPanel } from "../../db/database/read-panel";
import type { Panel } from "../../db/panel";
import { panels } from "../../db/panels";
import type { Refusal } from "../http/refusal.server";
import type { OpenFile } from "./answer-csv.server";
import { historyColumns, panelColumns, statementColumns } from "./csv-columns.server";
import { type CsvValue, describeFile, inBatches, instant, tellFile } from "./csv-file";
import { formatMeasured } from "./format-cell";
import { type Period, ranges, readPeriod } from "./history-range";
import { readProfile } from "./panel-reader.server";
import { changes, readStatements } from "./read-statements.server";

/** More rows than any catalog of this product has; a file that ends there says so. */
const mostFileRows = 100_000;
const title = "Nothing was exported";
const unknownPanel: Refusal = { status: 404, title, message: "The address names no panel, or one without history." };

/** The rows of a panel as the server answers now. */
export const openPanel: OpenFile = async ({ panelId, asOf }) => {
  const panel = panels.find(({ id }) => id === panelId);
  if (!panel) return unknownPanel;
  const reading = await readPanel(watchedDatabase(), panel, await readProfile(), mostFileRows);
  if (reading.state === "unreadable") return { status: 503, title, message: reading.sentence };
  const { readAt, rows, isCut } = reading;
  const preamble: CsvValue[][] = [
    ...describeFile("database panel", asOf),
    ["Panel", panel.title],
    ["Question", panel.question],
    ["Read", instant(readAt)],
    ["Limits", describeLimits(panel)],
    ["Rows", isCut ? `the first ${rows.length}; there are more` : rows.length],
  ];
  const file = { preamble, columns: panelColumns(panel), batches: inBatches(rows) };
  return { name: panel.id, told: { panel: panel.id }, tell: (onRows) => tellFile(file, onRows) };
};

/** The samples of a panel in the period of the address: of its row, or of all where it names none. */
export const openHistory: OpenFile = async ({ panelId, search, asOf }) => {
  const panel = panels.find(({ id }) => id === panelId);
  if (!panel?.history) return unknownPanel;
  const period = readPeriod(search, asOf);
  const complaint = period.complaint ?? strangeIn(search, { range: knownRanges });
  if (complaint) return { status: 400, title, message: complaint };
  const { from, to } = period;
  const subject = search.get("row");
  const resolutionSeconds = resolutionFor(from, asOf, panel.everySeconds ?? 60);
  const preamble: CsvValue[][] = [
    ...describeFile("history of a database panel", asOf),
    ["Panel", panel.title],
    ["Row", subject ?? "all"],
    ...describeBounds(period),
    ["Resolution", `one sample each ${resolutionSeconds} seconds`],
  ];
  const batches = tellPanelSamples(consoleDatabase(), { panel: panel.id, subject, resolutionSeconds, from, to });
  const file = { preamble, columns: historyColumns(panel), batches };
  const told = { panel: panel.id, row: subject, from, until: to };
  return { name: `${panel.id}-history`, told, tell: (onRows) => tellFile(file, onRows) };
};

/** All statements that match the address. */
export const openStatements: OpenFile = async ({ search, asOf }) => {
  const known = { range: knownRanges, by: statementOrders, change: ["any", ...changes] };
  const strange = strangeIn(search, known);
  if (strange) return { status: 400, title, message: strange };
  const { period, order, change, statements, isCompared } = await readStatements(search);
  if (period.complaint) return { status: 400, title, message: period.complaint };
  const preamble: CsvValue[][] = [
    ...describeFile("statements", asOf),
    ...describeBounds(period),
    ["Change", change],
    ["Order", `by ${order}, most first`],
    ["Before", isCompared ? "the equal time before" : "not known whole, so no change is told"],
    ["Statements that matched", statements.length],
  ];
  const file = { preamble, columns: statementColumns, batches: inBatches(statements) };
  const told = { from: period.from, until: period.to, order, change };
  return { name: "statements", told, tell: (onRows) => tellFile(file, onRows) };
};

const knownRanges = [...Object.keys(ranges), "own"];

/** A sentence where a parameter has a value that there is not: a file must not hold other than was asked for. */
function strangeIn(search: URLSearchParams, known: Record<string, readonly string[]>): string | null {
  const strange = Object.keys(known).find((name) => search.has(name) && !known[name]?.includes(search.get(name) ?? ""));
  return strange ? `The parameter ${strange} of the address is none of ${known[strange]?.join(", ")}.` : null;
}

function describeBounds({ from, to }: Period): CsvValue[][] {
  return [
    ["From", instant(from)],
    ["Until", instant(to)],
  ];
}

function describeLimits({ threshold, columns }: Panel): string {
  const column = threshold && columns[threshold.column];
  if (!threshold || !column) return "none; it tells, it does not judge";
  const limit = (value: number) => `${threshold.worseWhen} ${formatMeasured(value, column.unit)}`;
  const critical = threshold.critical === null ? "" : `, critical ${limit(threshold.critical)}`;
  return `warning ${limit(threshold.warning)}${critical} of ${column.label.toLowerCase()}`;
}
