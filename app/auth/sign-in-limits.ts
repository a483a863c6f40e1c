import type { AttemptHistory } from "../../db/console/sign-in-attempts";

/** Free failures, then a wait that doubles from 5 s, up to the most. */
export const signInLimits = {
  /** One email from one address. */
  pair: { freeFailures: 5, mostSeconds: 300 },
  /** While strangers attack the email, from an address where it never signed in: the first try is always free. */
  pairUnderAttack: { freeFailures: 1, mostSeconds: 300 },
  strangerFailuresOfAnAttack: 20,
  /** Any email from one address. */
  address: { freeFailures: 20, mostSeconds: 900 },
  /** All strangers together, in a minute. */
  console: { freeFailures: 300, waitSeconds: 10 },
} as const;

const firstWaitSeconds = 5;

/**
 * Seconds until this attempt may be checked; 0 when it may be now. What strangers do never delays an address where the
 * account has signed in before: there only its own failures count. From a new address a first try is free however
 * many others fail, and each wait has an end, so that the right password gets in.
 */
export function judgeAttempt(history: AttemptHistory, asOf: Date): number {
  const isAttacked = history.strangerFailures >= signInLimits.strangerFailuresOfAnAttack;
  const { pair, pairUnderAttack, address, console: all } = signInLimits;
  if (history.isKnownAddress) return secondsLeft(pair, history.pairFailures, history.pairFailedAt, asOf);
  const waits = [
    secondsLeft(isAttacked ? pairUnderAttack : pair, history.pairFailures, history.pairFailedAt, asOf),
    secondsLeft(address, history.addressFailures, history.addressFailedAt, asOf),
    history.consoleFailures >= all.freeFailures ? all.waitSeconds : 0,
  ];
  return Math.max(...waits);
}

function secondsLeft(
  { freeFailures, mostSeconds }: { freeFailures: number; mostSeconds: number },
  failures: number,
  failedAt: Date | null,
  asOf: Date,
): number {
  if (failures < freeFailures || !failedAt) return 0;
  const waitSeconds = Math.min(mostSeconds, firstWaitSeconds * 2 ** (failures - freeFailures));
  return Math.max(0, Math.ceil(waitSeconds - (asOf.getTime() - failedAt.getTime()) / 1000));
}
