import { worstOf } from "../../../db/rules/shifts/assignment-rules";
import type { Candidate } from "../../../db/shifts/candidates/candidate";

type Near = { shiftId: number; candidates: readonly Candidate[] };

/**
 * By shift, who would come: whom the person chose (null: nobody), else the nearest with nothing against who is chosen
 * for no other of these shifts; null where there is none.
 */
export function proposeGuards(
  shifts: readonly Near[],
  chosen: ReadonlyMap<number, number | null>,
): Map<number, Candidate | null> {
  const taken = new Set([...chosen.values()]);
  const proposed = shifts.map(({ shiftId, candidates }): [number, Candidate | null] => {
    const asked = chosen.get(shiftId);
    if (asked !== undefined) return [shiftId, candidates.find(({ guardId }) => guardId === asked) ?? null];
    const free = candidates.find(({ guardId, reasons }) => !taken.has(guardId) && isClear(reasons));
    if (free) taken.add(free.guardId);
    return [shiftId, free ?? null];
  });
  return new Map(proposed);
}

/** True where nothing speaks against the guard but what is only to know. */
export function isClear(reasons: Candidate["reasons"]): boolean {
  const worst = worstOf(reasons);
  return worst === null || worst === "info";
}
