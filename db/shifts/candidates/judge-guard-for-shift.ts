import { type Judgement, openJudgement } from "../../rules/shifts/judge-assignment";
import type { JudgeGuardForShift, Reader } from "./candidate";
import { factsOf } from "./list-candidates";
import { only, readFacts } from "./read-facts";

export type Weighed = Judgement & {
  /** From their home in a straight line; null where none is on record, and so is the travel time. */
  distanceMeters: number | null;
  travelSeconds: number | null;
};

/**
 * One guard on a shift as listCandidates tells it, by the same query. `without`: shifts that the guard gives up.
 * Undefined where there is no such shift or guard.
 */
export async function weighGuardForShift(
  db: Reader,
  { shiftId, guardId, asOf, without }: Parameters<JudgeGuardForShift>[1],
): Promise<Weighed | undefined> {
  const found = await readFacts(db, { shiftId, asOf, pool: only(guardId), ...(without ? { without } : {}) });
  const guard = found?.guards[0];
  if (!found || !guard) return undefined;
  const { facts, distanceMeters } = guard;
  const judge = openJudgement(factsOf(found.shift), { rules: found.rules, asOf });
  return { ...judge(facts), distanceMeters, travelSeconds: facts.travelSeconds };
}

/**
 * What speaks against one guard on a shift, in the order of the rules: what it reads cannot change before the
 * transaction ends while its caller holds the lock on the guard's row, that each other assignment takes too. Undefined
 * where there is no such shift or guard.
 */
export const judgeGuardForShift: JudgeGuardForShift = async (tx, asked) =>
  (await weighGuardForShift(tx, asked))?.reasons;
