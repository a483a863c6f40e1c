import { data } from "@remix-run/node";
import { z } from "zod";

import { isPermitted } from "~/auth/permissions";
import type { SignedIn } from "~/auth/signed-in";
import { consoleDatabase, securyflex } from "../../../db/connections";
import type { SlaReport } from "../../../db/console/sla-reports";
import { localDate } from "../../../db/rules/shifts/start-of-day";
import { addDays } from "../../../db/rules/sla/period";
import { reportsDue } from "../../../db/rules/sla/report/report-kind";
import { listSlaClients } from "../../../db/sla/list-sla-choices";
import { findBrowser } from "../../../db/sla/report/browser";
import { remakeReport } from "../../../db/sla/report/keep-report";
import { listReportMessages } from "../../../db/sla/report/list-report-messages";
import { getReport, listReports } from "../../../db/sla/report/list-reports";
import { sheetOf } from "../../../db/sla/report/print-report";
import { readReportWays } from "../../../db/sla/report/report-ways";
import { slaZone } from "../sla-question";

const mostReports = 200;

/** The newest reports, of one client where the address names it, each with how it left; and what one may make. */
export async function readReports(request: Request, { staff }: SignedIn) {
  const readAt = new Date();
  const asked = new URL(request.url).searchParams.get("client") ?? "";
  const clientId = /^\d{1,15}$/.test(asked) ? Number(asked) : undefined;
  const [reports, clients] = await Promise.all([
    listReports(consoleDatabase(), { ...(clientId === undefined ? {} : { clientId }), most: mostReports }),
    listSlaClients(consoleDatabase()),
  ]);
  const messages = await listReportMessages(
    securyflex("console_read"),
    reports.filter(({ isSent }) => isSent).map(({ id }) => id),
  );
  const messageOf = new Map(messages.map((message) => [message.messageId, message]));
  return {
    readAt,
    clientId: clientId ?? null,
    clients,
    isCut: reports.length === mostReports,
    reports: reports.map((report) => ({ ...report, message: messageOf.get(report.id) ?? null })),
    ways: readReportWays(),
    browser: findBrowser(),
    mayMake: isPermitted(staff.role, "sla.report"),
    mayRetry: isPermitted(staff.role, "deliveries.retry"),
    lastWeek: lastWeek(readAt),
  };
}

export type ReportsRead = Awaited<ReturnType<typeof readReports>>;

/** A kept report in words, and whether it comes out the same to the byte when it is made again. Throws 404 for none. */
export async function readReport(reportId: string | undefined) {
  const report = await requireReport(reportId);
  const again = await remakeReport(consoleDatabase(), report);
  const { document, ...kept } = report;
  return {
    report: kept,
    sheet: sheetOf(report),
    isSame: again.digest === report.digest,
    browser: findBrowser(),
    readAt: new Date(),
  };
}

export type ReportRead = Awaited<ReturnType<typeof readReport>>;

export async function requireReport(reportId: string | undefined): Promise<SlaReport> {
  const parsed = z.uuid().safeParse(reportId);
  const report = parsed.success ? await getReport(consoleDatabase(), parsed.data) : undefined;
  if (report) return report;
  const title = "There is no such report";
  throw data({ title, message: "Reports are kept for ever, so the address is wrong." }, { status: 404 });
}

/** Monday to Sunday before the week of `asOf`. */
function lastWeek(asOf: Date): { from: string; until: string } {
  let date = localDate(asOf, slaZone);
  for (;;) {
    const due = reportsDue(date).find(({ kind, isAgain }) => kind === "weekly" && !isAgain);
    if (due) return due.period;
    date = addDays(date, -1);
  }
}
