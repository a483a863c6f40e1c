import type { AlarmCondition, WatchedPost } from "./alarm-conditions";
import { type AlarmCause, type AlarmKind, causeOf, rankOfKind } from "./alarm-kinds";

/**
 * Why an episode ended. recovered: what was wrong is well again; over: the shift ended; reassigned: another guard has
 * the shift; outage: one outage stands for it; unwatched: the shift left the board.
 */
export const alarmEndings = ["recovered", "over", "reassigned", "outage", "unwatched"] as const;

export type AlarmEnding = (typeof alarmEndings)[number];

/** One trouble of one shift, from its begin to its end, however often its signal flapped and however bad it became. */
export type Episode = {
  shiftId: number | null;
  guardId: number | null;
  kind: AlarmKind;
  beganAt: Date;
  /** When the clock saw it first; the board of this instant shows it. */
  raisedAt: Date;
  /** When it took its kind, where it got worse. Null where it began with it. */
  escalatedAt: Date | null;
  /** Null while it lasts. */
  endedAt: Date | null;
  ending: AlarmEnding | null;
  /** 1, and one more each time it came back within 15 minutes. */
  times: number;
  affectedCount: number | null;
  hasSignedOff: boolean;
};

export type EpisodeChange<Known extends Episode> = {
  change: "began" | "resumed" | "turned" | "ended";
  /** Undefined for one that began. */
  before: Known | undefined;
  after: Episode;
};

/** What was well for less than this had not ended. */
export const flapSeconds = 15 * 60;

/**
 * What changed at `asOf`. `known` are the open episodes and the latest ended ones of the shifts that have a condition;
 * `judgedAt` is the instant judged before, null for the first. Episodes of one shift and cause never overlap, and what
 * comes back within 15 minutes goes on as the same one.
 */
export function judgeEpisodes<Known extends Episode>({
  known,
  conditions,
  posts,
  judgedAt,
  asOf,
}: {
  known: readonly Known[];
  conditions: readonly AlarmCondition[];
  posts: ReadonlyMap<number, WatchedPost>;
  judgedAt: Date | null;
  asOf: Date;
}): EpisodeChange<Known>[] {
  const latest = new Map<string, Known>();
  for (const episode of known) {
    const other = latest.get(keyOf(episode));
    // Two may end in one instant; no two are raised in one.
    if (!other || episode.raisedAt > other.raisedAt) latest.set(keyOf(episode), episode);
  }
  const held = new Map(conditions.map((condition) => [keyOf(condition), condition]));

  const ended = [...latest].flatMap(([key, before]): EpisodeChange<Known>[] => {
    const condition = held.get(key);
    if (before.endedAt || (condition && isSameMatter(before, condition))) return [];
    const isHeldBack = held.has(outageKey) && ["silence", "absence"].includes(causeOf(before.kind));
    return [{ change: "ended", before, after: { ...before, ...endOf(before, posts, { isHeldBack, asOf }) } }];
  });
  const endOfKey = new Map(ended.map(({ after }) => [keyOf(after), after.endedAt]));

  const others = [...held].flatMap(([key, condition]): EpisodeChange<Known>[] => {
    const before = latest.get(key);
    if (before && isSameMatter(before, condition)) {
      if (!before.endedAt) return turn(before, condition);
      if (+condition.wellUntil - +before.endedAt <= flapSeconds * 1000) return [resume(before, condition)];
    }
    const notBefore = endOfKey.get(key) ?? before?.endedAt ?? null;
    return [{ change: "began", before: undefined, after: begin(condition, { notBefore, judgedAt, asOf }) }];
  });
  return [...ended, ...others];
}

function keyOf({ shiftId, kind }: { shiftId: number | null; kind: AlarmKind }): string {
  return `${shiftId} ${causeOf(kind)}`;
}

const outageKey = keyOf({ shiftId: null, kind: "outage" });

/** Troubles that are of the guard end where another takes the shift. */
const ofGuard: ReadonlySet<AlarmCause> = new Set(["absence", "departure", "silence"]);

function isSameMatter(episode: Episode, condition: AlarmCondition): boolean {
  return !ofGuard.has(causeOf(episode.kind)) || episode.guardId === condition.guardId;
}

function begin(
  { wellUntil: _, ...condition }: AlarmCondition,
  { notBefore, judgedAt, asOf }: { notBefore: Date | null; judgedAt: Date | null; asOf: Date },
): Episode {
  const { sinceAt, ...facts } = condition;
  // Who gave the shift back after its start left it vacant then, and not since the start.
  const lastFilledAt = causeOf(condition.kind) === "vacancy" ? judgedAt : null;
  const beganAt = latestOf(sinceAt, notBefore, lastFilledAt);
  return {
    ...facts,
    beganAt: beganAt < asOf ? beganAt : asOf,
    raisedAt: asOf,
    escalatedAt: null,
    endedAt: null,
    ending: null,
    times: 1,
  };
}

function resume<Known extends Episode>(before: Known, condition: AlarmCondition): EpisodeChange<Known> {
  const after = { ...turned(before, condition), endedAt: null, ending: null, times: before.times + 1 };
  return { change: "resumed", before, after };
}

function turn<Known extends Episode>(before: Known, condition: AlarmCondition): EpisodeChange<Known>[] {
  const after = turned(before, condition);
  const isSame = after.kind === before.kind && after.affectedCount === before.affectedCount;
  return isSame ? [] : [{ change: "turned", before, after }];
}

function turned(before: Episode, { kind, sinceAt, affectedCount, hasSignedOff }: AlarmCondition): Episode {
  const escalatedAt = isWorse(kind, before.kind) ? latestOf(sinceAt, before.beganAt) : before.escalatedAt;
  return { ...before, kind, escalatedAt, affectedCount, hasSignedOff };
}

export function isWorse(kind: AlarmKind, than: AlarmKind): boolean {
  return rankOfKind(kind) < rankOfKind(than);
}

function endOf(
  episode: Episode,
  posts: ReadonlyMap<number, WatchedPost>,
  { isHeldBack, asOf }: { isHeldBack: boolean; asOf: Date },
): { endedAt: Date; ending: AlarmEnding } {
  const post = episode.shiftId === null ? undefined : posts.get(episode.shiftId);
  const [ending, at] = post
    ? explainEnd(episode, post, { isHeldBack, asOf })
    : ([endingWithout(episode), null] as const);
  const bounded = at && at < asOf ? at : asOf;
  return { ending, endedAt: latestOf(bounded, episode.beganAt) };
}

function endingWithout({ shiftId }: Episode): AlarmEnding {
  return shiftId === null ? "recovered" : "unwatched";
}

/** Why it ended, and when: null where only the clock saw it. */
function explainEnd(
  episode: Episode,
  { guardId, shift }: WatchedPost,
  { isHeldBack, asOf }: { isHeldBack: boolean; asOf: Date },
): readonly [AlarmEnding, Date | null] {
  const cause = causeOf(episode.kind);
  if (cause === "incident") return ["recovered", null];
  if (ofGuard.has(cause) && guardId !== episode.guardId) return ["reassigned", shift.assignedAt];
  const isOver = asOf >= shift.endAt || shift.status === "completed";
  if (isOver) return ["over", shift.endAt];
  if (cause === "vacancy") return ["recovered", shift.assignedAt];
  if (cause === "absence" && shift.arrivedAt) return ["recovered", shift.arrivedAt];
  if (isHeldBack) return ["outage", null];
  const { last } = shift.presence;
  if (last?.kind === "out") return ["over", last.at];
  return ["recovered", last?.at ?? null];
}

function latestOf(first: Date, ...others: (Date | null)[]): Date {
  return others.reduce<Date>((latest, at) => (at && at > latest ? at : latest), first);
}
