import type { AssignmentFacts } from "./facts";

/**
 * How long each need of another guard lasted: from the end of an assignment during or before the shift to the acceptance,
 * and to the valid `in`, of the one that took its place. Null where none did, or never came. An assignment that ended
 * because the client withdrew the shift (`withdrawnAt`, null where not) is none. Each successor fills one need.
 */
export function tellNeeds(
  assignments: readonly AssignmentFacts[],
  { endAt, withdrawnAt }: { endAt: number; withdrawnAt: number | null },
): { refillSeconds: (number | null)[]; arriveSeconds: (number | null)[] } {
  const taken = new Set<AssignmentFacts>();
  const ended = assignments
    .filter(({ endedAt }) => endedAt !== null && endedAt < endAt && endedAt !== withdrawnAt)
    .sort((one, other) => (one.endedAt as number) - (other.endedAt as number));
  const needs = ended.map((former) => {
    const needAt = former.endedAt as number;
    const next = assignments.find(
      (one) =>
        assignments.indexOf(one) > assignments.indexOf(former) &&
        !taken.has(one) &&
        (one.endedAt === null || one.endedAt > needAt),
    );
    if (!next) return { refill: null, arrive: null };
    taken.add(next);
    const since = (instant: number | null) => (instant === null ? null : Math.max(0, instant - needAt));
    return { refill: since(next.beganAt ?? needAt), arrive: since(next.firstInAt) };
  });
  return { refillSeconds: needs.map(({ refill }) => refill), arriveSeconds: needs.map(({ arrive }) => arrive) };
}
