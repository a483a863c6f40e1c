import { tellAwaySpans } from "../live/away-spans";
import type { Span } from "./facts";
import { kindOf, leavingVerdictOf, type PackedCheckin, secondsOf, verdictOf } from "./packed-checkin";

/**
 * Where a guard's check-ins, in order, prove presence within [from, until), and where nothing speaks against it. Seconds
 * since the start of the shift. A position counts until the next one: confirmed for `confirmSeconds` where it was inside,
 * assumed otherwise and beyond that. Nothing counts after a sign-off until the guard is seen again, nor
 * while the guard had left the post.
 */
export function tellPresence(
  checkins: readonly PackedCheckin[],
  [from, until]: Span,
  confirmSeconds: number,
): { confirmed: Span[]; assumed: Span[] } {
  const confirmed: [number, number][] = [];
  const assumed: [number, number][] = [];
  const away = tellAway(checkins);
  let awayIndex = 0;
  for (let position = 0; position < checkins.length; position += 1) {
    const checkin = checkins[position] as PackedCheckin;
    const at = secondsOf(checkin);
    if (at >= until) break;
    while (away[awayIndex] && (away[awayIndex]?.until ?? Number.POSITIVE_INFINITY) <= at) awayIndex += 1;
    if (kindOf(checkin) === "out" || at >= (away[awayIndex]?.from ?? Number.POSITIVE_INFINITY)) continue;
    const next = checkins[position + 1];
    const lasts = next === undefined ? until : Math.min(until, secondsOf(next));
    const freshUntil = verdictOf(checkin) === "inside" ? Math.min(lasts, at + confirmSeconds) : at;
    append(confirmed, Math.max(from, at), freshUntil);
    append(assumed, Math.max(from, freshUntil), lasts);
  }
  return { confirmed, assumed };
}

function tellAway(checkins: readonly PackedCheckin[]) {
  if (!checkins.some((checkin) => leavingVerdictOf(checkin) === "outside")) return [];
  return tellAwaySpans(
    Array.from(checkins, (checkin) => ({ at: secondsOf(checkin), verdict: leavingVerdictOf(checkin) })),
  );
}

function append(spans: [number, number][], from: number, until: number): void {
  if (until <= from) return;
  const last = spans.at(-1);
  if (last && last[1] >= from) last[1] = Math.max(last[1], until);
  else spans.push([from, until]);
}
