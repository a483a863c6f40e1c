import type { Span } from "./facts";

export type Cover = { confirmed: number; assumed: number; unobserved: number };

type Spans = Record<keyof Cover, readonly Span[]>;

/**
 * Seconds of `slots` posts within [from, until): confirmed by at most one guard for each slot, else unobserved where an
 * outage hid them, else assumed. What is none of these is absence. All spans in the same seconds, of all guards together.
 */
export function coverSlots(slots: number, span: Span, spans: Spans): Cover {
  const cover: Cover = { confirmed: 0, assumed: 0, unobserved: 0 };
  sweep(span, spans, (open, seconds) => {
    const confirmed = Math.min(slots, open.confirmed);
    const rest = slots - confirmed;
    cover.confirmed += confirmed * seconds;
    if (open.unobserved > 0) cover.unobserved += rest * seconds;
    else cover.assumed += Math.min(rest, open.assumed) * seconds;
    return true;
  });
  return cover;
}

/** When first within [from, until) one of `slots` posts was neither confirmed, assumed nor unobserved; null where never. */
export function firstGap(slots: number, span: Span, spans: Spans): number | null {
  let gapAt: number | null = null;
  sweep(span, spans, (open, _, at) => {
    if (open.unobserved > 0 || open.confirmed + open.assumed >= slots) return true;
    gapAt = at;
    return false;
  });
  return gapAt;
}

/** Calls `visit` with how many spans are open, how long and since when, in turn until it returns false. */
function sweep([from, until]: Span, spans: Spans, visit: (open: Cover, seconds: number, at: number) => boolean): void {
  const steps: { at: number; kind: keyof Cover; by: number }[] = [];
  for (const kind of ["confirmed", "assumed", "unobserved"] as const) {
    for (const [begins, ends] of spans[kind]) {
      const [at, to] = [Math.max(from, begins), Math.min(until, ends)];
      if (at < to) steps.push({ at, kind, by: 1 }, { at: to, kind, by: -1 });
    }
  }
  steps.sort((one, other) => one.at - other.at);
  const open: Cover = { confirmed: 0, assumed: 0, unobserved: 0 };
  let before = from;
  for (const { at, kind, by } of steps) {
    if (at > before && !visit(open, at - before, before)) return;
    open[kind] += by;
    before = at;
  }
  if (until > before) visit(open, until - before, before);
}
