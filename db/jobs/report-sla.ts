import { readEnvironment } from "../environment";
import { OperationRefusal } from "../operation";
import { makeSlaReport } from "../operations/make-sla-report";
import { requestAsSchedule, runIdFor } from "../operations/runs/request-as-schedule";
import { RunRefusal } from "../operations/runs/run-refusal";
import { localDate } from "../rules/shifts/start-of-day";
import { reportsDue } from "../rules/sla/report/report-kind";
import { listReportScopes } from "../sla/report/count-unfrozen";
import { defineJob, scheduleTimeZone } from "./job";

export const reportSla = defineJob({
  id: "report-sla",
  title: "Make service-level reports",
  purpose:
    "Asks on Monday for the report of the last week of each client and on the first for that of the last month, and two days later for those that were not final.",
  schedule: "0 6 * * *",
  timeoutSeconds: 120,
  attempts: 3,
  run: async ({ securyflex, slot }) => {
    const due = reportsDue(localDate(slot, scheduleTimeZone));
    const told: string[] = [];
    for (const { kind, period, isAgain } of due) {
      const run = await requestAsSchedule(readEnvironment(), securyflex, async (context) => {
        const { scopes } = await listReportScopes(context, { period, asOf: slot, isWithoutFinal: isAgain });
        if (scopes.length === 0) return `Nothing is to be reported of ${period.from} to ${period.until}.`;
        const runId = runIdFor(`${makeSlaReport.id} ${kind} ${period.from} ${isAgain}`);
        return { operation: makeSlaReport, input: { ...period, send: "yes", final: isAgain ? "no" : "yes" }, runId };
      }).catch((error: unknown) => {
        if (error instanceof RunRefusal || error instanceof OperationRefusal) throw new Error(error.message);
        throw error;
      });
      told.push(typeof run === "string" ? run : `Asked for the ${kind} reports: /operations/${run.id}`);
    }
    return told.join(" ") || "No report is due today.";
  },
});
