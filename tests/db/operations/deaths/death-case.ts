import type { Operation } from "../../../../db/operation";
import { runSteps, transactionSteps } from "../../../../db/operations/runs/carry-out";
import type { ShiftStage } from "../shift-stage";

export type Subject = {
  input: unknown;
  /** How often what the operation does was done to it. */
  countDone: () => Promise<number>;
};

export type DeathCase = {
  /** Something of its own for one run to act upon. */
  prepare: (stage: ShiftStage) => Promise<Subject>;
  /** It sends statements one by one. */
  executes?: true;
};

const statementSteps = ["statement begins", "statement ended"];

/** Where a worker may die that carries an operation out: every step of every run, its own failpoints among them. */
export function stepsOf(operation: Operation, { executes = false }: { executes?: boolean } = {}): string[] {
  const { changes, failpoints = [] } = operation;
  const passed = runSteps.filter((step) => {
    if (step === "predecessors ended") return changes === "securyflex";
    return !statementSteps.includes(step);
  });
  const own = [
    ...(executes ? statementSteps : []),
    ...(changes === "rows" ? transactionSteps : []),
    ...failpoints.filter((failpoint) => !executes || !statementSteps.includes(failpoint)),
  ];
  return [...passed.slice(0, -2), ...own, ...passed.slice(-2)];
}
