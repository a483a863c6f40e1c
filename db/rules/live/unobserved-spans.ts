import type { UnobservedPost, WatchedPost } from "./alarm-conditions";

/** One that lasts: since when nobody can tell what happens on a shift. */
export type OpenSpan = { id: string; shiftId: number; guardId: number | null; fromAt: Date };

/**
 * What changes at `asOf` between the spans that last and the shifts that are unobserved: those that begin, and when
 * the others ended. A span ends with the first word of its guard, with the shift, and where another guard takes it.
 */
export function judgeSpans(
  known: readonly OpenSpan[],
  unobserved: readonly UnobservedPost[],
  { posts, asOf }: { posts: ReadonlyMap<number, WatchedPost>; asOf: Date },
): { begun: UnobservedPost[]; ended: { id: string; untilAt: Date }[] } {
  const isSame = (span: OpenSpan, { shiftId, guardId }: UnobservedPost) =>
    span.shiftId === shiftId && span.guardId === guardId;
  const over = known.filter((span) => !unobserved.some((post) => isSame(span, post)));
  return {
    begun: unobserved.filter((post) => !known.some((span) => isSame(span, post))),
    ended: over.map((span) => ({ id: span.id, untilAt: endOf(span, posts.get(span.shiftId), asOf) })),
  };
}

function endOf({ guardId, fromAt }: OpenSpan, post: WatchedPost | undefined, asOf: Date): Date {
  if (!post) return latest(fromAt, asOf);
  const { endAt, assignedAt, arrivedAt, presence } = post.shift;
  const heard = [arrivedAt, presence.last?.at].find((at) => at && at > fromAt);
  const at = guardId === post.guardId ? heard : assignedAt;
  return latest(
    fromAt,
    [at ?? asOf, endAt, asOf].reduce((first, one) => (one < first ? one : first)),
  );
}

function latest(one: Date, other: Date): Date {
  return one > other ? one : other;
}
