import { data } from "@remix-run/node";

import { consoleDatabase } from "../../db/connections";
import { resolutionFor } from "../../db/database/list-panel-samples";
import {
  getStatementText,
  listStatementMinutes,
  listStatements,
  type StatementOrder,
  statementOrders,
} from "../../db/database/list-statements";
import { ranges, readRange } from "./history-range";

/** What every statement cost over the range of the URL, and over the equal range before. */
export async function readStatementsPage(search: URLSearchParams) {
  const order = (statementOrders as readonly string[]).includes(search.get("by") ?? "")
    ? (search.get("by") as StatementOrder)
    : "total";
  const period = readPeriod(search);
  return { ...period, order, statements: await listStatements(consoleDatabase(), { ...period, order }) };
}

export type StatementsRead = Awaited<ReturnType<typeof readStatementsPage>>;

const largest = 2n ** 63n;

/** One statement over the range of the URL. Throws 404 for what is no id, or was never seen. */
export async function readStatementPage(queryId: string | undefined, search: URLSearchParams) {
  const isId = queryId !== undefined && /^-?[1-9]\d{0,18}$/.test(queryId);
  const isInRange = isId && BigInt(queryId) < largest && BigInt(queryId) >= -largest;
  const known = isInRange ? await getStatementText(consoleDatabase(), queryId) : undefined;
  if (!queryId || !known) {
    const message = "The worker has seen no statement of this id; the list holds those of the last 90 days.";
    throw data({ title: "There is no such statement", message }, { status: 404 });
  }
  const period = readPeriod(search);
  const [minutes, statements] = await Promise.all([
    listStatementMinutes(consoleDatabase(), { ...period, queryId }),
    listStatements(consoleDatabase(), { ...period, order: "total" }),
  ]);
  return { ...period, ...known, queryId, minutes, users: statements.filter((one) => one.queryId === queryId) };
}

export type StatementRead = Awaited<ReturnType<typeof readStatementPage>>;

function readPeriod(search: URLSearchParams) {
  const to = new Date();
  const range = readRange(search);
  const from = new Date(to.getTime() - ranges[range].seconds * 1000);
  const before = new Date(2 * from.getTime() - to.getTime());
  return { range, from, to, resolutionSeconds: resolutionFor(before, to, 60) };
}
