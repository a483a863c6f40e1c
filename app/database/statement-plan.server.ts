import { data } from "@remix-run/node";

import { consoleDatabase, watchedDatabase } from "../../db/connections";
import { recordAuditEvent } from "../../db/console/record-audit-event";
import { type Advice, adviseIndex } from "../../db/database/advise-index";
import { listCallers } from "../../db/database/list-callers";
import { type Measurement, measureStatement } from "../../db/database/measure-statement";
import { planStatement, type StatementPlan } from "../../db/database/plan-statement";
import { listPlans, recordPlan } from "../../db/database/statement-plans";
import { unreadableReason } from "../../db/database/unreadable-reason";
import type { SignedIn } from "../auth/signed-in";
import { readForm } from "../http/read-form.server";
import { currentRequest } from "../http/request-context.server";
import { readProfile } from "./panel-reader.server";
import { requireStatement } from "./require-statement.server";

/** The plan of a statement as the server makes it now, which is kept, those kept before, and who runs it. 404 for an unknown id. */
export async function readStatementPlan(asked: string | undefined) {
  const { queryId, text } = await requireStatement(asked);
  const planned = await readProfile().then(
    async (server): Promise<StatementPlan> => {
      const answer = await planStatement(watchedDatabase(), server, text);
      if (answer.state === "planned") {
        const { plan, readAt } = answer;
        await recordPlan(consoleDatabase(), { queryId, plan, readAt, serverVersion: server.versionNumber });
      }
      return answer;
    },
    (error: unknown): StatementPlan => ({ state: "unplannable", sentence: unreadableReason(error) }),
  );
  const [saved, callers] = await Promise.all([
    listPlans(consoleDatabase(), queryId),
    listCallers(watchedDatabase(), queryId).catch(unreadableReason),
  ]);
  return { planned, saved, callers };
}

export type PlanRead = Awaited<ReturnType<typeof readStatementPlan>>;

/** Indexes that would make the statement cheaper, proved by planning. 404 for an unknown id. */
export async function readIndexAdvice(asked: string | undefined): Promise<Advice> {
  const { text } = await requireStatement(asked);
  return readProfile().then(
    (server) => adviseIndex(watchedDatabase(), server, text),
    (error: unknown): Advice => ({ state: "unproved", sentence: unreadableReason(error) }),
  );
}

const mostParameters = 100;

/** Runs a statement for its measured plan. On record before it begins, and with its end; a refusal is a 422. */
export async function measureStatementFor(request: Request, asked: string | undefined, { staff }: SignedIn) {
  const { queryId, text } = await requireStatement(asked);
  const form = await readForm(request);
  if (form.get("confirmed") !== "yes") {
    return data(refused("It was not run: confirm first that it may run on SecuryFlex."), { status: 422 });
  }
  const values = Array.from({ length: mostParameters }, (_, position) => form.get(`parameter-${position + 1}`)).map(
    (value) => (typeof value === "string" ? value : null),
  );
  const given = values.slice(0, values.findLastIndex((value) => value !== null) + 1);
  const record = (outcome: "intent" | "done" | "refused" | "failed", reason: string | null = null, details = {}) =>
    recordAuditEvent(consoleDatabase(), {
      staffId: staff.id,
      action: "statement.measure",
      target: `statement:${queryId}`,
      outcome,
      reason,
      details,
      requestId: currentRequest()?.requestId ?? null,
    });
  await record("intent", null, { parameters: given.length });
  const server = await readProfile().catch(() => null);
  if (!server) {
    await record("failed", "The server did not answer.");
    return data({ state: "failed", sentence: "It was not run: the server did not answer." } as Measurement, 503);
  }
  const measured = await measureStatement(watchedDatabase(), text, given);
  if (measured.state === "measured") {
    const { plan, readAt } = measured;
    await recordPlan(consoleDatabase(), { queryId, plan, readAt, serverVersion: server.versionNumber });
    await record("done", null, { milliseconds: plan.measured?.totalMilliseconds });
    return data(measured as Measurement);
  }
  await record(measured.state, measured.state === "refused" ? measured.sentences.join(" ") : measured.sentence);
  return data(measured, { status: measured.state === "refused" ? 422 : 200 });
}

function refused(sentence: string): Measurement {
  return { state: "refused", sentences: [sentence] };
}
