import { worstOf } from "../../rules/shifts/assignment-rules";
import { type Judgement, openJudgement } from "../../rules/shifts/judge-assignment";
import type { Candidate, CandidateShift, ListCandidates } from "./candidate";
import { countFunnel } from "./count-funnel";
import { type KnownGuard, nearest, type ReadFacts, readFacts } from "./read-facts";

/** So many who can are a choice. */
const enough = 20;
/** Beyond these nobody is near. */
const most = 3_200;

/**
 * Guards for a shift, nearest first, each with everything that speaks against taking it, by the rules and the plans of
 * the shift's own time. Begins with the `near` nearest, and looks as far again while too few of them can. Undefined
 * where there is no such shift. `asOf` stands in for now: from then a guard travels, and until then history is told.
 *
 * One query for each reach, by the indexes of readFacts.
 */
export const listCandidates: ListCandidates = async (db, { shiftId, asOf, near = 400 }) => {
  const first = await readFacts(db, { shiftId, asOf, pool: nearest({ limit: near, offset: 0 }) });
  if (!first) return undefined;
  const { shift, rules, withoutHomeCount } = first;
  const judge = openJudgement(factsOf(shift), { rules, asOf });
  const toCandidate = (guard: KnownGuard) => candidateOf(guard, judge(guard.facts), shift);
  const everyone = first.guards.map(toCandidate);
  const others = () => everyone.filter(({ guardId }) => guardId !== shift.guardId);
  const canCount = () => others().filter(({ reasons }) => worstOf(reasons) !== "block").length;
  for (let reach = near; canCount() < enough && others().length >= reach - 1 && reach < most; reach *= 2) {
    const wider = await readFacts(db, { shiftId, asOf, pool: nearest({ limit: reach, offset: reach }) });
    const known = new Set(everyone.map(({ guardId }) => guardId));
    everyone.push(...(wider?.guards ?? []).filter(({ guardId }) => !known.has(guardId)).map(toCandidate));
  }
  const candidates = others().sort((one, other) => (one.distanceMeters ?? 0) - (other.distanceMeters ?? 0));
  return {
    shift,
    candidates,
    present: everyone.find(({ guardId }) => guardId === shift.guardId) ?? null,
    funnel: countFunnel(candidates, withoutHomeCount),
    searchedCount: candidates.length,
    radiusMeters: candidates.at(-1)?.distanceMeters ?? 0,
  };
};

/** What is judged of a shift. */
export function factsOf({ location, ...shift }: ReadFacts["shift"]) {
  return { ...shift, point: location.point };
}

function candidateOf(
  { facts, ...guard }: KnownGuard,
  judgement: Judgement,
  { hourlyRate }: Pick<CandidateShift, "hourlyRate">,
): Candidate {
  return {
    ...guard,
    employment: facts.employment,
    travelSeconds: facts.travelSeconds,
    hourlyRate: facts.hourlyRate,
    marginPerHour: facts.hourlyRate === null ? null : Math.round((hourlyRate - facts.hourlyRate) * 100) / 100,
    ...judgement,
  };
}
