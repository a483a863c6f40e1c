import { type AlarmKind, causeOf, isAlarm } from "./alarm-kinds";
import { defaultThresholds, judgeLiveState, staleAfterSeconds, type WatchedShift } from "./live-state";
import { judgeOutage, type Outage } from "./outage";

/** A shift of the board as the clock sees it. */
export type WatchedPost = { shiftId: number; guardId: number | null; shift: WatchedShift };

/** What is wrong at one instant. */
export type AlarmCondition = {
  /** Null for an outage, which is of no single shift. */
  shiftId: number | null;
  guardId: number | null;
  kind: AlarmKind;
  /** Since when it holds. */
  sinceAt: Date;
  /** The last instant when all was known to be well: a silence begins with the last word, not with its alarm. */
  wellUntil: Date;
  /** Of an outage: the shifts whose own alarms it holds back. Null for all else. */
  affectedCount: number | null;
  /** Of a post that was left: the guard said so by signing off. */
  hasSignedOff: boolean;
};

const staleAfterMs = staleAfterSeconds(defaultThresholds.cadenceSeconds) * 1000;

/** A shift of which an outage hides what happens. */
export type UnobservedPost = {
  shiftId: number;
  guardId: number | null;
  /** The last word of its guard, or when one was due. */
  fromAt: Date;
};

export type Trouble = { conditions: AlarmCondition[]; outage: Outage | null; unobserved: UnobservedPost[] };

/**
 * Everything that is wrong at `asOf`, at most one condition of each cause for a shift: an open incident and, beside
 * it, the state that the shift would have without. While many guards are silent together, that is one outage: what
 * their silence explains is held back, and their shifts are unobserved. `standing` is the outage that lasts already.
 */
export function findTrouble(
  posts: readonly WatchedPost[],
  { standing, asOf }: { standing: Outage | null; asOf: Date },
): Trouble {
  const incidents = posts.flatMap((post) =>
    post.shift.openIncidentAt ? [conditionOf(post, "incident", post.shift.openIncidentAt)] : [],
  );
  const judged = posts.map((post) => ({ post, ...judgeLiveState({ ...post.shift, openIncidentAt: null }, asOf) }));
  const outage = judgeOutage(judged, { standing, asOf });
  const found = judged.flatMap(({ post, state, sinceAt }) =>
    isAlarm(state) && sinceAt && asOf < post.shift.endAt ? [conditionOf(post, state, sinceAt)] : [],
  );
  if (!outage) return { conditions: [...incidents, ...found], outage, unobserved: [] };
  const [held, single] = [
    found.filter((one) => isExplained(one, outage)),
    found.filter((one) => !isExplained(one, outage)),
  ];
  const unobserved = posts.flatMap((post) => {
    const hidden = held.find(({ shiftId }) => shiftId === post.shiftId);
    return hidden ? [{ shiftId: post.shiftId, guardId: post.guardId, fromAt: unseenFrom(post, hidden, outage) }] : [];
  });
  return { conditions: [outageCondition(outage, held.length), ...incidents, ...single], outage, unobserved };
}

/** A guard's last word; of one who never came when he was due, or when the others fell silent where that was later. */
function unseenFrom({ shift }: WatchedPost, { kind, wellUntil }: AlarmCondition, { sinceAt }: Outage): Date {
  if (kind === "stale") return wellUntil;
  const dueAt = Math.max(+shift.startAt, +(shift.assignedAt ?? shift.startAt));
  return new Date(Math.max(dueAt, +sinceAt - staleAfterMs));
}

function conditionOf({ shiftId, guardId, shift }: WatchedPost, kind: AlarmKind, since: Date): AlarmCondition {
  // Whoever took over after the start was not late before.
  const sinceAt =
    causeOf(kind) === "absence" && shift.assignedAt && shift.assignedAt > since ? shift.assignedAt : since;
  return {
    shiftId,
    guardId,
    kind,
    sinceAt,
    wellUntil: kind === "stale" ? new Date(+sinceAt - staleAfterMs) : sinceAt,
    affectedCount: null,
    hasSignedOff: kind === "outside" && shift.presence.last?.kind === "out",
  };
}

function outageCondition({ sinceAt }: Outage, affectedCount: number): AlarmCondition {
  const nobody = { shiftId: null, guardId: null, hasSignedOff: false };
  return { ...nobody, kind: "outage", sinceAt, wellUntil: sinceAt, affectedCount };
}

/** Silence that began with the outage, and absence that nobody could have ended since. */
function isExplained({ kind, sinceAt }: AlarmCondition, outage: Outage): boolean {
  const cause = causeOf(kind);
  const cadenceMs = defaultThresholds.cadenceSeconds * 1000;
  if (cause === "silence") return +sinceAt >= +outage.sinceAt - cadenceMs;
  return cause === "absence" && +sinceAt >= +outage.sinceAt - staleAfterMs;
}
