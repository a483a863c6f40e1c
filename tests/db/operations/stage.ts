import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";

import { type ConsoleDatabase, type Database, openClient, type Sql } from "../../../db/connections";
import * as consoleSchema from "../../../db/console/schema";
import { auditEvents } from "../../../db/console/schema";
import { addStaff } from "../../../db/console/staff";
import { loginUrl } from "../../../db/environment";
import type { Operation } from "../../../db/operation";
import { getRun, type ListedRun, listLogLines } from "../../../db/operations/runs/list-runs";
import { makePlan } from "../../../db/operations/runs/make-plan";
import { type Actor, type Confirmation, type Run, requestRun } from "../../../db/operations/runs/request-run";
import * as schema from "../../../db/schema";
import { cloneDatabases, type TestDatabases } from "../../support/databases";
import { until } from "../../support/until";

export type Stage = TestDatabases & {
  console: ConsoleDatabase;
  securyflex: Database;
  /** Superusers of both databases. */
  owner: Sql;
  consoleOwner: Sql;
  requester: Actor & { staffId: string };
  approver: Actor;
  plan: (operation: Operation, input: unknown) => ReturnType<typeof makePlan>;
  /** Asks as the requester, who confirms all there is to confirm. */
  ask: (
    operation: Operation,
    input: unknown,
    changes?: { runId?: string; confirmation?: Partial<Confirmation> },
  ) => Promise<Run>;
  ended: (runId: string, withinSeconds?: number) => Promise<ListedRun>;
  logOf: (runId: string) => Promise<string[]>;
  outcomesOf: (target: string) => Promise<string[]>;
  /** A process of its own that carries out one operation and gets `signal` at `step`. */
  spawnWorker: (operationId: string, step: string, signal: NodeJS.Signals) => ChildProcess;
  /** Makes every instance look as if nothing had been heard of it for a minute. */
  silence: () => Promise<unknown>;
  close: () => Promise<void>;
};

/** Databases, two people who may do everything, and nobody who carries it out. */
export async function openStage(given?: TestDatabases): Promise<Stage> {
  const databases = given ?? (await cloneDatabases());
  const { environment } = databases;
  const open = (login: Parameters<typeof loginUrl>[1], max = 2) =>
    openClient(loginUrl(environment, login), { max, applicationName: "tests" });
  const [owner, consoleOwner, appClient, readClient] = [
    open("owner", 6),
    open("console_owner"),
    open("console_app", 4),
    open("console_read"),
  ];
  const console: ConsoleDatabase = drizzle(appClient, { schema: consoleSchema });
  const securyflex: Database = drizzle(readClient, { schema });
  const person = async (name: string): Promise<Stage["requester"]> => {
    const member = await addStaff(console, {
      email: `${name}@test.example`,
      fullName: name,
      role: "dba",
      passwordHash: "x",
    });
    return { staffId: member.id, may: () => true, requestId: null };
  };
  const requester = await person("requester");
  const approver = await person("approver");
  const context = { console, securyflex };
  const plan: Stage["plan"] = (operation, input) => makePlan(operation, context, input);
  return {
    ...databases,
    console,
    securyflex,
    owner,
    consoleOwner,
    requester,
    approver,
    plan,
    ask: async (operation, input, { runId = randomUUID(), confirmation } = {}) => {
      const made = await plan(operation, input).catch(() => undefined);
      const whole = {
        digest: made?.digest ?? "",
        typedTarget: made?.plan.target,
        reason: "a test",
        passwordAt: new Date(),
        ...confirmation,
      };
      return requestRun(console, { runId, operation, input, actor: requester, confirmation: whole, context });
    },
    ended: async (runId, withinSeconds = 50) => {
      let run: ListedRun | undefined;
      await until(
        async () => {
          run = await getRun(console, runId);
          return run?.endedAt != null;
        },
        { withinSeconds, everyMs: 50 },
      );
      return run as ListedRun;
    },
    logOf: async (runId) => (await listLogLines(console, runId)).map(({ line }) => line),
    outcomesOf: async (target) => {
      const events = await console
        .select()
        .from(auditEvents)
        .where(eq(auditEvents.target, target))
        .orderBy(auditEvents.id);
      return events.map(({ action, outcome }) => `${action} ${outcome}`);
    },
    spawnWorker: (operationId, step, signal) =>
      spawn(process.execPath, ["--import", "tsx", "tests/db/operations/worker-process.ts", operationId, step, signal], {
        env: { ...process.env, ...environment },
        stdio: "ignore",
      }),
    silence: () => consoleOwner`update worker_instances set last_seen_at = now() - interval '1 minute'`,
    close: async () => {
      await Promise.all([owner, consoleOwner, appClient, readClient].map((client) => client.end({ timeout: 2 })));
      await databases.drop();
    },
  };
}
