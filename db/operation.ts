import { createHash } from "node:crypto";

import type { z } from "zod";

import type { ConsoleDatabase, Database, Sql } from "./connections";
import type { OpenConnection } from "./migrations/only-migrator";
import type { ShiftChange } from "./shifts/changes/shift-change";

/** low: a button. medium: type the target, give a reason. high: the password too. critical: a second person too. */
export const risks = ["low", "medium", "high", "critical"] as const;
export type Risk = (typeof risks)[number];

/** Who may ask for which stands in app/auth/permissions.ts. */
export const operationPermissions = [
  "database.measure",
  "database.maintain",
  "database.index",
  "database.signal",
  "database.backup",
  "database.migrate",
  "staff.change",
  "shifts.reassign",
  "shifts.share",
  "sla.report",
  "sla.change",
  "rules.change",
  "live.respond",
  "deliveries.retry",
] as const;
export type OperationPermission = (typeof operationPermissions)[number];

export type Plan = {
  /** What it acts upon, as a person types it to confirm. */
  target: string;
  /** Of two runs with the same key one waits for the other. */
  exclusiveKey: string;
  /** One sentence. */
  summary: string;
  /** What would happen, on real sizes, now. */
  consequences: string[];
  /** Why it may not be done now; none where it may. */
  refusals: string[];
  /** What will be run, to the letter. */
  statements: string[];
  /** What an approval holds for: target, shape and class of size. When any of it moves, the approval lapses. */
  basis: Record<string, string | number | boolean | null>;
  /** Where this target is worse than the operation's own risk. */
  risk?: Risk;
  /** What changed since the view that the input names: who, what and when. Undefined where nothing did. */
  moved?: string;
  /** Shifts that show what would happen. */
  examples?: { shiftId: number; sentence: string }[];
  /** Only these roles of staff may confirm it; undefined for all that have the permission. */
  mayConfirm?: readonly string[];
};

export type Fact = {
  label: string;
  before: string;
  after: string;
  /** Of one of several shifts: which, as which part of the run, and whether it was done; `after` says why not. */
  row?: { shiftId: number; part: number; isDone: boolean };
};
export type Outcome = {
  summary: string;
  proof: Fact[];
  /** Where some of several were done and some were not. */
  isPartial?: boolean;
};
export type Progress = { phase: string; doneRatio: number | null };
export type ConsoleTransaction = Parameters<Parameters<ConsoleDatabase["transaction"]>[0]>[0];
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

/** What one transaction of an operation did, stored by it. */
export type Effect = {
  outcome: Outcome;
  changes: ShiftChange[];
  /** The effect that it takes back. */
  undoes?: { runId: string; part: number };
};

/** What a plan may read. It changes nothing. */
export type PlanContext = { securyflex: Database; console: ConsoleDatabase };

export type RunContext = PlanContext & {
  /** SecuryFlex as console_admin, dead as soon as this attempt was taken over. */
  admin: Sql;
  /** One more connection like it, for a work that needs several at once. Its caller ends it. */
  openSession: OpenConnection;
  /** Runs one statement. Returns the server's warnings. Is cancelled by `signal`, and by `stop` with its reason. */
  execute: (statement: string, stop?: AbortSignal) => Promise<string[]>;
  /** Runs one that reads, in the same way. Returns its rows; of several statements those of the last. */
  read: (statement: string, stop?: AbortSignal) => Promise<Record<string, unknown>[]>;
  /** Runs a statement that clears up, also after a cancel. Gives up after a minute. */
  cleanUp: (statement: string) => Promise<void>;
  /** Under which the session stands in pg_stat_activity. */
  sessionName: string;
  /**
   * One transaction of SecuryFlex as console_ops that stores the run's id with what the work did; refused once this
   * attempt was taken over. Of a run that has several each has its `part`, from 1; one that stands is not done again.
   */
  transact: (work: (transaction: Transaction) => Promise<Effect>, part?: number) => Promise<Outcome>;
  /** One transaction of the console's database, refused once this attempt was taken over. */
  write: <Result>(work: (transaction: ConsoleTransaction) => Promise<Result>) => Promise<Result>;
  log: (line: string) => Promise<void>;
  progress: (progress: Progress) => Promise<void>;
  /** Marks one of the operation's failpoints. Throws for one that it does not name. */
  reach: (failpoint: string) => void;
  /** The run, by which what it makes outside of transactions is told from that of others. */
  runId: string;
  /** Aborted by a cancel, at the timeout and when the worker must stop. */
  signal: AbortSignal;
};

export type OperationField = { name: string; label: string; hint: string; isOptional?: boolean; isHidden?: boolean };

type Definition<Input extends z.ZodType> = {
  id: string;
  title: string;
  /** What it is for, one sentence. */
  purpose: string;
  risk: Risk;
  permission: OperationPermission;
  /**
   * What it changes: SecuryFlex as console_admin, statement by statement; rows of SecuryFlex as console_ops, each
   * effect in one transaction that stores the run's id; or the console's own database.
   */
  changes: "securyflex" | "rows" | "console";
  input: Input;
  /** The input as a form and the command line ask for it, in this order. */
  fields: readonly OperationField[];
  /** Rows alone: it has a transaction for each of several things, and goes on with the rest after a death. */
  hasParts?: boolean;
  /** Throws OperationRefusal where the input names nothing. */
  plan: (context: PlanContext, input: z.output<Input>) => Promise<Plan>;
  /** Throws OperationRefusal with a sentence where it was not done. Owns its clean-up. */
  run: (context: RunContext, plan: Plan, input: z.output<Input>) => Promise<Outcome>;
  /** After a worker died: what its attempt had done already; undefined to begin again. Clears what it left behind. */
  settle?: (context: RunContext, plan: Plan, input: z.output<Input>) => Promise<Outcome | undefined>;
  /** How to take it back, one sentence; undefined where nothing needs to be. */
  undo: string | undefined;
  timeoutSeconds: number;
  /** Where a process may die beside the steps of every run. A test kills one at each. */
  failpoints?: readonly string[];
};

/** An operation whose input is checked on the way in, so that all stand in one list. */
export type Operation = Omit<Definition<z.ZodType>, "input" | "plan" | "run" | "settle"> & {
  /** Undefined where the fields make no input. */
  readInput: (fields: Record<string, string>) => { input: unknown } | { complaint: string };
  plan: (context: PlanContext, input: unknown) => Promise<Plan>;
  run: (context: RunContext, plan: Plan, input: unknown) => Promise<Outcome>;
  settle: (context: RunContext, plan: Plan, input: unknown) => Promise<Outcome | undefined>;
};

/** It was not done. The message is a sentence for the reader. */
export class OperationRefusal extends Error {
  override name = "OperationRefusal";

  constructor(
    message: string,
    readonly proof: Fact[] = [],
  ) {
    super(message);
  }
}

/** It was stopped while it ran, and says itself what stands. The message is a sentence for the reader. */
export class OperationStopped extends Error {
  override name = "OperationStopped";

  constructor(
    message: string,
    readonly proof: Fact[],
  ) {
    super(message);
  }
}

export function defineOperation<Input extends z.ZodType>(definition: Definition<Input>): Operation {
  const { input: schema, plan, run, settle, ...rest } = definition;
  return {
    ...rest,
    readInput: (fields) => {
      const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ""));
      const parsed = schema.safeParse(given);
      if (parsed.success) return { input: parsed.data };
      const [issue] = parsed.error.issues;
      const field = definition.fields.find(({ name }) => name === issue?.path[0]);
      return { complaint: `${field?.label ?? "The input"} is missing or malformed. ${field?.hint ?? ""}`.trim() };
    },
    plan: (context, input) => plan(context, schema.parse(input)),
    run: (context, made, input) => run(context, made, schema.parse(input)),
    settle: async (context, made, input) => settle?.(context, made, schema.parse(input)),
  };
}

/** sha256 of what an approval is for, hex: operation, input, server, and what of the plan must not move. */
export function digestOf(operation: string, input: unknown, server: string, plan: Plan): string {
  const { target, exclusiveKey, statements, basis, risk = null } = plan;
  const text = JSON.stringify(sorted({ operation, input, server, target, exclusiveKey, statements, basis, risk }));
  return createHash("sha256").update(text).digest("hex");
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}
