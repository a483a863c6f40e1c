import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import { consoleDatabase, securyflex } from "../../db/connections";
import { getStaffByEmail, type StaffMember } from "../../db/console/staff";
import { silenceSeconds } from "../../db/jobs/silence";
import type { Operation, PlanContext } from "../../db/operation";
import { getRun, isWorkerAlive, listLogLines } from "../../db/operations/runs/list-runs";
import { type MadePlan, makePlan } from "../../db/operations/runs/make-plan";
import { type Actor, requestRun } from "../../db/operations/runs/request-run";
import { RunRefusal } from "../../db/operations/runs/run-refusal";
import { askHidden } from "./ask-hidden.server";
import { givePassword } from "./give-password.server";
import { isPermitted } from "./permissions";

/** The command was not understood. The message says what is missing. */
export class UsageError extends Error {}

export type Asking = {
  operation: Operation;
  input: unknown;
  /** Email of the account that asks. */
  as: string | undefined;
  typedTarget: string | undefined;
  reason: string | undefined;
  /** Shows the plan and does nothing. */
  isDryRun?: boolean;
};

const say = (line: string) => console.log(line);

/**
 * Asks at the command line for an operation, as an account with its password, and tells how it goes. Returns the exit
 * code: 0 done, 1 not done. Throws UsageError, RunRefusal and OperationRefusal.
 */
export async function askAtCommandLine(asking: Asking): Promise<number> {
  const { operation, input, as, typedTarget, reason, isDryRun = false } = asking;
  const context: PlanContext = { securyflex: securyflex("console_read"), console: consoleDatabase() };
  const member = as === undefined ? undefined : await requireMember(as, operation);
  const made = await makePlan(operation, context, input);
  sayPlan(made);
  if (isDryRun) {
    say("Nothing was run.");
    return made.plan.refusals.length > 0 ? 1 : 0;
  }
  if (!member) throw new UsageError("Name the account that asks with --as.");
  const given = await givePassword(member, (await askHidden(`Password of ${member.email}: `)) ?? "");
  if ("refusal" in given) throw new RunRefusal(given.refusal, "confirmation");
  const actor: Actor = {
    staffId: member.id,
    may: (permission) => isPermitted(member.role, permission),
    requestId: null,
  };
  const asked = await requestRun(consoleDatabase(), {
    runId: randomUUID(),
    operation,
    input,
    actor,
    confirmation: { digest: made.digest, typedTarget, reason, passwordAt: given.at },
    context,
  });
  say(`Asked for: /operations/${asked.id}`);
  if (asked.state !== "awaiting approval") return follow(asked.id);
  say("It begins when a second person has approved it there.");
  return 0;
}

function sayPlan({ plan, risk }: MadePlan): void {
  say(`${plan.summary} Risk: ${risk}.`);
  for (const line of plan.consequences) say(`  ${line}`);
  for (const statement of plan.statements) say(`  ${statement};`);
  for (const refusal of plan.refusals) say(`Refused: ${refusal}`);
}

async function requireMember(email: string, operation: Operation): Promise<StaffMember> {
  const member = await getStaffByEmail(consoleDatabase(), email);
  if (!member || member.disabledAt)
    throw new RunRefusal(`There is no account ${email} that may sign in.`, "permission");
  if (isPermitted(member.role, operation.permission)) return member;
  throw new RunRefusal(
    `The role ${member.role} does not have ${operation.permission}. Nothing was done.`,
    "permission",
  );
}

async function follow(runId: string): Promise<number> {
  const db = consoleDatabase();
  if (!(await isWorkerAlive(db, silenceSeconds)))
    say("No worker is alive; it begins when one is. Start one with npm run worker.");
  for (let saidId = 0; ; await sleep(1_000)) {
    const run = await getRun(db, runId);
    for (const { id, line } of await listLogLines(db, runId)) {
      if (id > saidId) say(`  ${line}`);
      saidId = Math.max(saidId, id);
    }
    if (!run?.endedAt) continue;
    say(`${run.state}: ${run.outcome}`);
    for (const { label, before, after } of run.proof ?? []) say(`  ${label}: ${before} → ${after}`);
    return run.state === "done" ? 0 : 1;
  }
}
