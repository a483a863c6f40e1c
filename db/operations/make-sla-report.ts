import { z } from "zod";

import { defineOperation, OperationRefusal, type Plan, type PlanContext } from "../operation";
import { daysOf } from "../rules/sla/period";
import { listReportScopes } from "../sla/report/count-unfrozen";
import { keepReport } from "../sla/report/keep-report";
import { runIdFor } from "./runs/request-as-schedule";

const longestDays = 366;

const input = z
  .object({
    from: z.iso.date(),
    until: z.iso.date(),
    client: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
    /** Whether it leaves the console by the ways that are set, as those of the schedule do. */
    send: z.enum(["yes", "no"]).default("no"),
    /** Whether also those clients get one that have a final report of the period. */
    final: z.enum(["yes", "no"]).default("yes"),
  })
  .refine(({ from, until }) => from <= until, { path: ["until"] })
  .refine(({ from, until }) => daysOf({ from, until }) <= longestDays, { path: ["until"] });

type Input = z.output<typeof input>;

export const makeSlaReport = defineOperation({
  id: "make-sla-report",
  title: "Make a service-level report",
  purpose: "Keeps what a client is told of a period, so that the same report can be made again to the byte.",
  risk: "low",
  permission: "sla.report",
  changes: "console",
  input,
  fields: [
    { name: "from", label: "From", hint: "The first local date of the shifts' starts, like 2026-11-16." },
    {
      name: "until",
      label: "Until",
      hint: `The last one, not before the first; at most ${longestDays} days in all.`,
    },
    { name: "client", label: "Client", hint: "Its number; empty for a report of each client.", isOptional: true },
    {
      name: "send",
      label: "Send it",
      hint: "yes or no: whether it leaves by the webhook or to the folder that are set. Empty is no.",
      isOptional: true,
    },
    {
      name: "final",
      label: "Also after a final one",
      hint: "yes or no: whether clients with a final report of the period get another. Empty is yes.",
      isOptional: true,
    },
  ],
  plan: async (context, asked) => plan(context, asked),
  run: async (context, _, asked) => {
    const { write, runId, signal, progress } = context;
    const { isOver, scopes } = await readScopes(context, asked);
    const proof = [];
    for (const [position, scope] of scopes.entries()) {
      signal.throwIfAborted();
      const report = await write((transaction) =>
        keepReport(transaction, context.console, {
          id: runIdFor(`${runId} ${scope.clientId}`),
          ...{ runId, scope, isOver, period: periodOf(asked), isSent: asked.send === "yes", asOf: new Date() },
        }),
      );
      proof.push({
        label: scope.clientName,
        before: report.firstAsOf < report.factsAsOf ? "an earlier report" : "no report",
        after: `${report.isFinal ? "final" : "not final"}, ${report.digest.slice(0, 12)}`,
      });
      context.reach("report kept");
      await progress({ phase: scope.clientName, doneRatio: (position + 1) / scopes.length });
    }
    if (proof.length === 0) throw new OperationRefusal(nothingFrozen);
    const count = proof.length === 1 ? "1 report is kept" : `${proof.length} reports are kept`;
    return { summary: `${count}, of ${asked.from} to ${asked.until}.`, proof };
  },
  undo: undefined,
  timeoutSeconds: 900,
  failpoints: ["report kept"],
});

const nothingFrozen =
  "Nothing is to be reported: no shift of it is frozen, which is 24 hours after its end, or every client has a final report.";

const periodOf = ({ from, until }: Input) => ({ from, until });

function readScopes(context: PlanContext, asked: Input) {
  return listReportScopes(context, {
    ...(asked.client === undefined ? {} : { clientId: asked.client }),
    period: periodOf(asked),
    asOf: new Date(),
    isWithoutFinal: asked.final === "no",
  });
}

async function plan(context: PlanContext, asked: Input): Promise<Plan> {
  const { isOver, scopes } = await readScopes(context, asked);
  const { from, until, client, send, final } = asked;
  const [first] = scopes;
  const whose = client === undefined ? `each of ${scopes.length} clients` : (first?.clientName ?? `client ${client}`);
  const [frozen, unfrozen] = [scopes.map((one) => one.frozenShifts), scopes.map((one) => one.unfrozenShifts)].map(
    (counts) => counts.reduce((sum, one) => sum + one, 0),
  ) as [number, number];
  return {
    target: client === undefined ? "clients" : `client:${client}`,
    exclusiveKey: "sla-reports",
    summary: `Makes the report of ${from} to ${until} for ${whose}.`,
    consequences:
      scopes.length === 0
        ? []
        : [
            `It rests on ${frozen} frozen ${frozen === 1 ? "shift" : "shifts"}; what is corrected later does not change it.`,
            ...(unfrozen > 0
              ? [
                  `${unfrozen} ${unfrozen === 1 ? "shift is" : "shifts are"} not frozen yet: the report is not final and says so.`,
                ]
              : isOver
                ? []
                : ["The period is not over: the report is not final and says so."]),
            send === "yes"
              ? "It is sent by the webhook and to the folder, where they are set."
              : "It stays in the console.",
          ],
    refusals: scopes.length === 0 ? [nothingFrozen] : [],
    statements: [],
    basis: { from, until, client: client ?? null, send, final },
  };
}
