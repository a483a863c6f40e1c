import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { closeConnections, consoleDatabase, securyflex } from "../../db/connections";
import { getStaffByEmail, type StaffMember } from "../../db/console/staff";
import { unreadableReason } from "../../db/database/unreadable-reason";
import { EnvironmentError } from "../../db/environment";
import { silenceSeconds } from "../../db/jobs/silence";
import { type Operation, OperationRefusal, type PlanContext } from "../../db/operation";
import { findOperation, operations } from "../../db/operations/index";
import { getRun, isWorkerAlive, listLogLines } from "../../db/operations/runs/list-runs";
import { type MadePlan, makePlan } from "../../db/operations/runs/make-plan";
import { type Actor, requestRun } from "../../db/operations/runs/request-run";
import { RunRefusal } from "../../db/operations/runs/run-refusal";
import { askHidden } from "../auth/ask-hidden.server";
import { givePassword } from "../auth/give-password.server";
import { isPermitted } from "../auth/permissions";

const usage = `Usage: npm run op -- <operation> <input ...> [--dry-run] [--as <email>] [--confirm <target>] [--reason <text>]

${operations.map(({ id, fields }) => `  ${id} ${fields.map(({ name, isOptional }) => (isOptional ? `[${name}]` : `<${name}>`)).join(" ")}`).join("\n")}

--dry-run shows the plan and does nothing. Else the account of --as asks, with its password, and a worker carries it out.`;

/** The command was not understood. The message says what is missing. */
class UsageError extends Error {}

const say = (line: string) => console.log(line);

/** 0 done, 1 refused or failed, 2 not understood. */
async function run(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      "dry-run": { type: "boolean", default: false },
      as: { type: "string" },
      confirm: { type: "string" },
      reason: { type: "string" },
    },
  });
  const [id, ...words] = positionals;
  const operation = findOperation(id);
  if (!operation) throw new UsageError(id ? `"${id}" is no operation.` : "No operation was named.");
  if (words.length > operation.fields.length) throw new UsageError(`"${words.at(-1)}" was not understood.`);
  const read = operation.readInput(
    Object.fromEntries(operation.fields.map(({ name }, position) => [name, words[position] ?? ""])),
  );
  if ("complaint" in read) throw new UsageError(read.complaint);
  const context: PlanContext = { securyflex: securyflex("console_read"), console: consoleDatabase() };
  const member = values.as === undefined ? undefined : await requireMember(values.as, operation);
  const made = await makePlan(operation, context, read.input);
  sayPlan(made);
  if (values["dry-run"]) {
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
    input: read.input,
    actor,
    confirmation: { digest: made.digest, typedTarget: values.confirm, reason: values.reason, passwordAt: given.at },
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

function explain(error: unknown): number {
  const isUsage = error instanceof UsageError || (error instanceof TypeError && "code" in error);
  if (isUsage) console.error(`${error.message}\n\n${usage}`);
  else if (error instanceof RunRefusal || error instanceof OperationRefusal || error instanceof EnvironmentError)
    console.error(error.message);
  else console.error(`Nothing was asked for: ${unreadableReason(error)}`);
  return isUsage ? 2 : 1;
}

try {
  process.exitCode = await run();
} catch (error) {
  process.exitCode = explain(error);
} finally {
  await closeConnections();
}
