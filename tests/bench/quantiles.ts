export type Latency = { p50: number; p95: number };

/** Of latencies in milliseconds. */
export function latencyOf(milliseconds: number[]): Latency {
  const sorted = [...milliseconds].sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number;
  return { p50: at(0.5), p95: at(0.95) };
}
