import type { Verdict } from "../live/verdict";

export type ToldCheckin = { at: Date; kind: "in" | "ping" | "out"; verdict: Verdict };

export type CheckinRun = {
  at: Date;
  /** Null for a single check-in. */
  untilAt: Date | null;
  text: string;
};

const signs = { in: "Checked in", out: "Checked out" } as const;

/**
 * Check-ins in time order, consecutive positions as one line until the guard is seen on the other side of the fence.
 * An uncertain position joins whatever it stands among, and is counted apart.
 */
export function tellCheckins(checkins: readonly ToldCheckin[]): CheckinRun[] {
  const runs: ToldCheckin[][] = [];
  for (const checkin of [...checkins].sort((one, other) => +one.at - +other.at)) {
    const run = runs.at(-1);
    if (run && belongs(checkin, run)) run.push(checkin);
    else runs.push([checkin]);
  }
  return runs.map((run) => {
    const [first, last] = [run[0] as ToldCheckin, run.at(-1) as ToldCheckin];
    const text = first.kind === "ping" ? describePositions(run) : `${signs[first.kind]}, ${first.verdict}`;
    return { at: first.at, untilAt: run.length > 1 ? last.at : null, text };
  });
}

function belongs(checkin: ToldCheckin, run: readonly ToldCheckin[]): boolean {
  if (checkin.kind !== "ping" || run[0]?.kind !== "ping") return false;
  return (
    checkin.verdict === "uncertain" || run.every(({ verdict }) => [checkin.verdict, "uncertain"].includes(verdict))
  );
}

function describePositions(run: readonly ToldCheckin[]): string {
  const positions = `${run.length} ${run.length === 1 ? "position" : "positions"}`;
  const counts = (["inside", "outside", "uncertain"] as const)
    .map((verdict) => ({ verdict, count: run.filter((one) => one.verdict === verdict).length }))
    .filter(({ count }) => count > 0);
  const [only, ...others] = counts;
  if (others.length === 0) return `${positions}, ${only?.verdict}`;
  return `${positions}: ${counts.map(({ verdict, count }) => `${count} ${verdict}`).join(", ")}`;
}
