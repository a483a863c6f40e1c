import { consoleDatabase } from "../../db/connections";
import { listPanelSamples, resolutionFor } from "../../db/database/list-panel-samples";
import {
  firstCountedAt,
  listAlikeStatements,
  listStatementMinutes,
  listStatements,
  type StatementShare,
  statementOrders,
} from "../../db/database/list-statements";
import { statementCapacity } from "../../db/panels/statement-capacity";
import { growth } from "../../db/rules/database/hit-ratio";
import { maskStatement } from "../../db/rules/database/mask-statement";
import { isPermitted } from "../auth/permissions";
import type { SignedIn } from "../auth/signed-in";
import { readPeriod } from "./history-range";
import { type Change, judgeChange } from "./judge-change";
import { requireStatement } from "./require-statement.server";

export const changes = ["new", "slower"] as const;

export type JudgedStatement = StatementShare & { change: Change };

/** As many as a page shows; a file holds all. */
const mostShown = 200;

/** What every statement cost over the range of the URL, and over the equal range before. */
export async function readStatementsPage(search: URLSearchParams) {
  const { period, asked, ...read } = await readStatements(search);
  const evictions = period.complaint ? null : await countEvictions(asked);
  const statements = read.statements.slice(0, mostShown);
  return { ...read, period, readAt: new Date(), evictions, statements, matched: read.statements.length };
}

/** All statements that match the URL, dearest first, and what it asks for. None where it cannot be meant. */
export async function readStatements(search: URLSearchParams) {
  const by = search.get("by");
  const order = statementOrders.find((one) => one === by) ?? "total";
  const change = changes.find((one) => one === search.get("change")) ?? "any";
  const { period, before, asked } = readCompared(search);
  if (period.complaint) return { period, asked, order, change, countedFrom: null, isCompared: false, statements: [] };
  const [all, countedFrom] = await Promise.all([
    listStatements(consoleDatabase(), { ...asked, order, most: null }),
    firstCountedAt(consoleDatabase(), asked.resolutionSeconds),
  ]);
  const isCompared = countedFrom !== null && countedFrom.getTime() <= before.getTime() + asked.resolutionSeconds * 1000;
  const judged = all.map((one): JudgedStatement => ({ ...one, change: isCompared ? judgeChange(one) : "unknown" }));
  const statements = change === "any" ? judged : judged.filter((one) => one.change === change);
  return { period, asked, order, change, countedFrom, isCompared, statements };
}

/** How often statements were pushed out of the statistics in the period; null where that is not known. */
async function countEvictions(asked: ReturnType<typeof readCompared>["asked"]): Promise<number | null> {
  const samples = await listPanelSamples(consoleDatabase(), { ...asked, panel: statementCapacity.id, subject: "" });
  return growth(samples.map(({ sampledAt, measured }) => ({ at: sampledAt, value: measured.evictions ?? null })));
}

export type StatementsRead = Awaited<ReturnType<typeof readStatementsPage>>;

/** One statement over the range of the URL. Throws 404 for what is no id, or was never seen. */
export async function readStatementPage(asked: string | undefined, search: URLSearchParams, { staff }: SignedIn) {
  const { queryId, text, firstSeenAt } = await requireStatement(asked);
  const { period, asked: within } = readCompared(search);
  const [minutes, statements, alike] = period.complaint
    ? [[], [], []]
    : await Promise.all([
        listStatementMinutes(consoleDatabase(), { ...within, queryId }),
        listStatements(consoleDatabase(), { ...within, order: "total", most: null }),
        listAlikeStatements(consoleDatabase(), { ...within, queryId }),
      ]);
  const canMeasure = isPermitted(staff.role, "database.measure");
  return {
    period,
    resolutionSeconds: within.resolutionSeconds,
    queryId,
    text: maskStatement(text),
    firstSeenAt,
    canMeasure,
    minutes,
    alike,
    users: statements.filter((one) => one.queryId === queryId),
  };
}

export type StatementRead = Awaited<ReturnType<typeof readStatementPage>>;

/** The period of the URL, and in which resolution it and the equal one before are both kept. */
function readCompared(search: URLSearchParams) {
  const now = new Date();
  const period = readPeriod(search, now);
  const before = new Date(2 * period.from.getTime() - period.to.getTime());
  return {
    period,
    before,
    asked: { from: period.from, to: period.to, resolutionSeconds: resolutionFor(before, now, 60) },
  };
}
