const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** How far back the clock looks at what it missed; before its first judgement it looks back as far as the board. */
export const replayHours = { first: 2, longest: 24 };

/**
 * The instant to judge after `judgedAt`, which is null before the first: now, or where more than a minute was missed
 * the next minute of it, and of more than two hours the next five, so that what came and went meanwhile is found.
 */
export function nextJudgement(judgedAt: Date | null, now: Date): Date {
  const reach = (hours: number) => +now - hours * hourMs;
  const from = judgedAt ? Math.max(+judgedAt, reach(replayHours.longest)) : reach(replayHours.first);
  const missedMs = +now - from;
  const stepMs = missedMs > replayHours.first * hourMs ? 5 * minuteMs : minuteMs;
  return missedMs <= minuteMs ? now : new Date(from + stepMs);
}
