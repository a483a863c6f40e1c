/** From when until when the ends of shifts lie that no number tells yet; from null: from the first shift on. */
export type Untold = { from: Date | null; until: Date };

export type Standing = {
  frozenUntil: Date | null;
  liveAt: Date | null;
  /** Null where every shift that began is told, frozen or live. */
  untold: Untold | null;
  /** The live numbers have not been told again for more than three times their period. */
  isLiveOld: boolean;
};

const liveEveryMs = 5 * 60_000;

/**
 * What the facts cover at `asOf`. Live are those of the last two settling times before they were told, as far as they
 * are not frozen; what ended between the frozen and the live ones is told by none.
 */
export function judgeStanding(
  { frozenUntil, liveAt }: { frozenUntil: Date | null; liveAt: Date | null },
  { asOf, settleSeconds }: { asOf: Date; settleSeconds: number },
): Standing {
  const settleMs = settleSeconds * 1000;
  const toldFrom = liveAt && new Date(+liveAt - (frozenUntil ? 2 : 1) * settleMs);
  const until = toldFrom ?? asOf;
  const isCovered = frozenUntil !== null && toldFrom !== null && frozenUntil >= toldFrom;
  return {
    frozenUntil,
    liveAt,
    untold: isCovered ? null : { from: frozenUntil, until },
    isLiveOld: liveAt === null || +asOf - +liveAt > 3 * liveEveryMs,
  };
}
