import { consoleDatabase } from "../../db/connections";
import { resolutionFor } from "../../db/database/list-panel-samples";
import {
  listStatementMinutes,
  listStatements,
  type StatementOrder,
  statementOrders,
} from "../../db/database/list-statements";
import { isPermitted } from "../auth/permissions";
import type { SignedIn } from "../auth/signed-in";
import { ranges, readRange } from "./history-range";
import { requireStatement } from "./require-statement.server";

/** What every statement cost over the range of the URL, and over the equal range before. */
export async function readStatementsPage(search: URLSearchParams) {
  const order = (statementOrders as readonly string[]).includes(search.get("by") ?? "")
    ? (search.get("by") as StatementOrder)
    : "total";
  const period = readPeriod(search);
  return { ...period, order, statements: await listStatements(consoleDatabase(), { ...period, order }) };
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
