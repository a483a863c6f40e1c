import type { Sql } from "../../connections";
import { type AlarmCondition, findTrouble } from "../../rules/live/alarm-conditions";
import { type AlarmKind, causeOf, severityOf } from "../../rules/live/alarm-kinds";
import { type Episode, type EpisodeChange, flapSeconds, isWorse, judgeEpisodes } from "../../rules/live/alarms";
import type { Outage } from "../../rules/live/outage";
import type { ShiftAround } from "../list-shifts-around";
import { watchedShift } from "../watched-shift";
import { recordUnobserved } from "./record-unobserved";

type KnownEpisode = Episode & { id: string };

/** Until when the alarms are judged; null before the first judgement. */
export async function readJudgedAt(sql: Sql): Promise<Date | null> {
  const [clock] = await sql<{ judgedAt: Date | null }[]>`select judged_at as "judgedAt" from alarm_clock`;
  return clock?.judgedAt ?? null;
}

/**
 * Writes what changed between the alarms on record and the board of `asOf`, inside the caller's transaction. The row
 * of the clock lets one judgement in at a time; one that is older than the last is dropped: undefined. Returns how
 * many alarms changed. As console_app; alarms_open_idx, alarms_ended_at_id_idx and alarms_shift_id_idx.
 */
export async function recordJudgement(
  sql: Sql,
  { board, asOf }: { board: readonly ShiftAround[]; asOf: Date },
): Promise<number | undefined> {
  const { judgedAt, standing } = await holdClock(sql);
  if (judgedAt && judgedAt >= asOf) return undefined;

  const noReturns = await listNoReturns(sql, board);
  const watched = board.map((shift) => ({
    shiftId: shift.id,
    guardId: shift.guard?.id ?? null,
    shift: { ...watchedShift(shift), ...noReturns.get(shift.id) },
  }));
  const posts = new Map(watched.map((post) => [post.shiftId, post]));
  const { conditions, outage, unobserved } = findTrouble(watched, { standing, asOf });
  const known = await listKnownEpisodes(sql, { conditions, asOf });
  const changes = judgeEpisodes({
    known,
    conditions,
    posts,
    judgedAt,
    asOf,
  });

  for (const change of changes) if (change.before) await updateEpisode(sql, change.before, change.after);
  const began = changes.filter(({ before }) => !before).map(({ after }) => after);
  const inserted = began.length > 0 ? await insertEpisodes(sql, began, board) : [];
  if (standing || outage) {
    const [alarm] = [...known, ...inserted]
      .filter(({ kind }) => kind === "outage")
      .sort((one, other) => Number(other.id) - Number(one.id));
    await recordUnobserved(sql, { alarmId: alarm?.id ?? null, unobserved, posts, standing, outage, asOf });
  }
  await sql`
    update alarm_clock
    set judged_at = ${asOf}, revision = revision + ${changes.length > 0 ? 1 : 0},
        outage_since_at = ${outage?.sinceAt ?? null}, outage_held_at = ${outage?.heldAt ?? null}`;
  return changes.length;
}

/** Lets one judgement in at a time. The outage is null where none lasts. */
async function holdClock(sql: Sql): Promise<{ judgedAt: Date | null; standing: Outage | null }> {
  const [clock] = await sql<{ judgedAt: Date | null; sinceAt: Date | null; heldAt: Date | null }[]>`
    select judged_at as "judgedAt", outage_since_at as "sinceAt", outage_held_at as "heldAt"
    from alarm_clock for update`;
  const { judgedAt = null, sinceAt, heldAt } = clock ?? {};
  return { judgedAt, standing: sinceAt && heldAt ? { sinceAt, heldAt } : null };
}

/** Of the shifts that nobody has, from when on nobody could be in time. */
async function listNoReturns(sql: Sql, board: readonly ShiftAround[]): Promise<Map<number, { noReturnAt: Date }>> {
  const vacant = board.flatMap(({ id, guard }) => (guard ? [] : [id]));
  if (vacant.length === 0) return new Map();
  const rows = await sql<{ shiftId: number; noReturnAt: Date }[]>`
    select shift_id::float8 as "shiftId", no_return_at as "noReturnAt"
    from shift_reaches where shift_id = any (${vacant}::bigint[])`;
  return new Map(rows.map(({ shiftId, noReturnAt }) => [shiftId, { noReturnAt }]));
}

/** The open ones, those that may come back, and those of shifts where something is wrong. */
async function listKnownEpisodes(
  sql: Sql,
  { conditions, asOf }: { conditions: readonly AlarmCondition[]; asOf: Date },
): Promise<KnownEpisode[]> {
  const troubled = conditions.flatMap(({ shiftId }) => shiftId ?? []);
  return sql<KnownEpisode[]>`
    select id, shift_id::float8 as "shiftId", guard_id::float8 as "guardId", kind, began_at as "beganAt",
           raised_at as "raisedAt", escalated_at as "escalatedAt", ended_at as "endedAt", ending, times,
           affected_count as "affectedCount", has_signed_off as "hasSignedOff"
    from alarms
    where ended_at is null
      or ended_at >= ${new Date(+asOf - flapSeconds * 1000)}
      or shift_id = any (${troubled}::bigint[])`;
}

async function insertEpisodes(
  sql: Sql,
  began: readonly Episode[],
  board: readonly ShiftAround[],
): Promise<{ id: string; kind: AlarmKind }[]> {
  const shifts = new Map(board.map((shift) => [shift.id, shift]));
  const rows = began.map((episode) => {
    const shift = episode.shiftId === null ? undefined : shifts.get(episode.shiftId);
    return {
      ...judgedColumns(episode),
      shift_id: episode.shiftId,
      guard_id: episode.guardId,
      began_at: episode.beganAt,
      raised_at: episode.raisedAt,
      guard_name: shift?.guard?.fullName ?? null,
      client: shift?.client ?? null,
      location_id: shift?.location.id ?? null,
      location_name: shift?.location.name ?? null,
      city: shift?.location.city ?? null,
      time_zone: shift?.location.timeZone ?? null,
      shift_start_at: shift?.startAt ?? null,
      shift_end_at: shift?.endAt ?? null,
      summary: episode.kind === "incident" ? (shift?.openIncident?.summary ?? null) : null,
    };
  });
  return sql<{ id: string; kind: AlarmKind }[]>`insert into alarms ${sql(rows)} returning id, kind`;
}

/** What got worse wants to be seen again: its acknowledgement and its snooze lapse. */
async function updateEpisode(
  sql: Sql,
  before: KnownEpisode,
  after: EpisodeChange<KnownEpisode>["after"],
): Promise<void> {
  const lapsed = isWorse(after.kind, before.kind)
    ? { acknowledged_by: null, acknowledged_at: null, snoozed_until: null, note: null }
    : {};
  await sql`update alarms set ${sql({ ...judgedColumns(after), ...lapsed })} where id = ${before.id}`;
}

function judgedColumns(episode: Episode) {
  return {
    kind: episode.kind,
    cause: causeOf(episode.kind),
    severity: severityOf(episode.kind),
    escalated_at: episode.escalatedAt,
    ended_at: episode.endedAt,
    ending: episode.ending,
    times: episode.times,
    affected_count: episode.affectedCount,
    has_signed_off: episode.hasSignedOff,
  };
}
