import type { Verdict } from "../live/verdict";

const kinds = ["in", "ping", "out"] as const;
const verdicts = ["inside", "uncertain", "outside"] as const satisfies readonly Verdict[];

/**
 * A check-in as one number: whole seconds since the start of its shift, times 32, and a code below 27 of its kind (0 in,
 * 1 ping, 2 out), 3 × its verdict (0 inside, 1 uncertain, 2 outside) and 9 × its verdict against the wider fence of
 * leaving. They sort by time. db/sla/read-histories.ts packs them in SQL.
 */
export type PackedCheckin = number;

/** Since the start of the shift. */
export function secondsOf(packed: PackedCheckin): number {
  return packed >> 5;
}

export function kindOf(packed: PackedCheckin): (typeof kinds)[number] {
  return kinds[(packed & 31) % 3] as (typeof kinds)[number];
}

export function verdictOf(packed: PackedCheckin): Verdict {
  return verdicts[Math.floor((packed & 31) / 3) % 3] as Verdict;
}

/** Against the wider fence. */
export function leavingVerdictOf(packed: PackedCheckin): Verdict {
  return verdicts[Math.floor((packed & 31) / 9)] as Verdict;
}

/** The same check-ins by time; they come almost always so. */
export function inOrder(checkins: readonly PackedCheckin[]): readonly PackedCheckin[] {
  for (let at = 1; at < checkins.length; at += 1) {
    if ((checkins[at - 1] as number) > (checkins[at] as number)) return checkins.toSorted((one, other) => one - other);
  }
  return checkins;
}
