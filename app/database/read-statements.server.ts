import { consoleDatabase } from "../../db/connections";
import { listPanelSamples, resolutionFor } from "../../db/database/list-panel-samples";
import {
  listStatementMinutes,
  listStatements,
  type StatementOrder,
  statementOrders,
} from "../../db/database/list-statements";
import { statementCapacity } from "../../db/panels/statement-capacity";
import { growth } from "../../db/rules/database/hit-ratio";
import { isPermitted } from "../auth/permissions";
import type { SignedIn } from "../auth/signed-in";
import { ranges, readRange } from "./history-range";
import { judgeChange } from "./judge-change";
import { requireStatement } from "./require-statement.server";

const changes = ["new", "slower"] as const;

/** What every statement cost over the range of the URL, and over the equal range before. */
export async function readStatementsPage(search: URLSearchParams) {
  const order = (statementOrders as readonly string[]).includes(search.get("by") ?? "")
    ? (search.get("by") as StatementOrder)
    : "total";
  const period = readPeriod(search);
  const change = changes.find((one) => one === search.get("change")) ?? "any";
  const [statements, evictions] = await Promise.all([
    listStatements(consoleDatabase(), { ...period, order }),
    countEvictions(period),
  ]);
  const shown = change === "any" ? statements : statements.filter((one) => judgeChange(one) === change);
  return { ...period, order, change, evictions, statements: shown };
}

/** How often statements were pushed out of the statistics in the period; null where that is not known. */
async function countEvictions(period: ReturnType<typeof readPeriod>): Promise<number | null> {
  const samples = await listPanelSamples(consoleDatabase(), { ...period, panel: statementCapacity.id, subject: "" });
  return growth(samples.map(({ sampledAt, measured }) => ({ at: sampledAt, value: measured.evictions ?? null })));
}

export type StatementsRead = Awaited<ReturnType<typeof readStatementsPage>>;

/** One statement over the range of the URL. Throws 404 for what is no id, or was never seen. */
export async function readStatementPage(asked: string | undefined, search: URLSearchParams, { staff }: SignedIn) {
  const { queryId, ...known } = await requireStatement(asked);
  const period = readPeriod(search);
  const [minutes, statements] = await Promise.all([
    listStatementMinutes(consoleDatabase(), { ...period, queryId }),
    listStatements(consoleDatabase(), { ...period, order: "total" }),
  ]);
  const canMeasure = isPermitted(staff.role, "database.measure");
  return {
    ...period,
    ...known,
    queryId,
    canMeasure,
    minutes,
    users: statements.filter((one) => one.queryId === queryId),
  };
}

export type StatementRead = Awaited<ReturnType<typeof readStatementPage>>;

function readPeriod(search: URLSearchParams) {
  const to = new Date();
  const range = readRange(search);
  const from = new Date(to.getTime() - ranges[range].seconds * 1000);
  const before = new Date(2 * from.getTime() - to.getTime());
  return { range, from, to, resolutionSeconds: resolutionFor(before, to, 60) };
}
