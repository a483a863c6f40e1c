import { openJudgement } from "../../rules/shifts/judge-assignment";
import type { JudgeGuardForShift } from "./candidate";
import { factsOf } from "./list-candidates";
import { only, readFacts } from "./read-facts";

/**
 * What speaks against one guard on a shift, in the order of the rules, by the query of listCandidates: what it reads
 * cannot change before the transaction ends while its caller holds the lock on the guard's row, that each other
 * assignment takes too. Undefined where there is no such shift or guard.
 */
export const judgeGuardForShift: JudgeGuardForShift = async (tx, { shiftId, guardId, asOf, without }) => {
  const found = await readFacts(tx, { shiftId, asOf, pool: only(guardId), ...(without ? { without } : {}) });
  const guard = found?.guards[0];
  return found && guard && openJudgement(factsOf(found.shift), { rules: found.rules, asOf })(guard.facts).reasons;
};
