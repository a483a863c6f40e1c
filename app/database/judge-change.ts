type Compared = { calls: number; callsBefore: number; meanMilliseconds: number; meanMillisecondsBefore: number | null };

/** Fewer calls on either side say nothing about a mean. */
const fewestCalls = 20;
const factor = 2;

/** How a statement differs from the equal period before: slower is twice the mean over at least 20 calls each. */
export function judgeChange({ calls, callsBefore, meanMilliseconds, meanMillisecondsBefore }: Compared) {
  if (callsBefore === 0 || meanMillisecondsBefore === null) return "new";
  if (calls < fewestCalls || callsBefore < fewestCalls) return "steady";
  return meanMilliseconds > factor * meanMillisecondsBefore ? "slower" : "steady";
}

/** Unknown where the time before was not counted whole. */
export type Change = ReturnType<typeof judgeChange> | "unknown";
