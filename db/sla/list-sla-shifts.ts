import { type SQL, sql } from "drizzle-orm";

import type { ConsoleDatabase } from "../connections";
import type { BreachFacts } from "../rules/sla/breach-moment";
import type { CaseKind } from "../rules/sla/counts";
import type { CancelledBy, LeftOut } from "../rules/sla/facts";
import type { ShareId } from "../rules/sla/judge-counts";
import type { Period } from "../rules/sla/period";
import { type Grouping, groupKey } from "./groupings";
import { type SlaFilter, standingFacts } from "./standing-facts";

export type SlaShift = {
  shiftId: number;
  isLive: boolean;
  /** Of the metrics by which it was told. */
  definition: number;
  /** Epoch seconds; of a live one when it was told. */
  frozenAt: number;
  /** Of the newest facts; null where they are the first. */
  correctionReason: string | null;
  localDate: string;
  timeZone: string;
  /** Epoch seconds, and of the instants below. */
  startAt: number;
  endAt: number;
  companyName: string;
  clientName: string;
  locationName: string;
  region: string | null;
  status: string;
  leftOut: LeftOut | null;
  headcount: number;
  filledSlots: number;
  due: number;
  onTime: number;
  onTimeUncertain: number;
  noShow: number;
  noShowUncertain: number;
  inside: number;
  outside: number;
  uncertain: number;
  plannedSeconds: number;
  confirmedSeconds: number;
  assumedSeconds: number;
  unobservedSeconds: number;
  cancelledBy: CancelledBy | null;
  noticeSeconds: number | null;
  fillSeconds: (number | null)[];
  lateSeconds: (number | null)[];
  acknowledgeSeconds: (number | null)[];
  onSceneSeconds: (number | null)[];
  refillSeconds: (number | null)[];
  arriveSeconds: (number | null)[];
};

type Chosen = {
  filter: SlaFilter;
  period: Period;
  metric?: ShareId | CaseKind;
  part: Part;
  group?: { by: Grouping; key: string };
};

/** `misses` made the number worse, `counted` made it, `left out` is what it does not count. */
export type Part = "misses" | "counted" | "left out";

const covered = sql`(left_out is null or left_out = 'unobserved')`;
const published = sql`(left_out is null or left_out in ('withdrawn', 'unobserved'))`;

/** Which shifts count for a metric, and which of them missed; of durations, those with a case and with one that never came. */
const conditions: Record<ShareId | CaseKind, { counted: SQL; missed: SQL; set: SQL }> = {
  "fill-rate": { set: sql`left_out is null`, counted: sql`true`, missed: sql`filled_slots < headcount` },
  "on-time": { set: sql`left_out is null`, counted: sql`due > 0`, missed: sql`on_time + on_time_uncertain < due` },
  "no-show": { set: sql`left_out is null`, counted: sql`due > 0`, missed: sql`no_show > 0` },
  "in-geofence": {
    set: sql`left_out is null`,
    counted: sql`inside + outside + uncertain > 0`,
    missed: sql`outside > 0`,
  },
  coverage: { set: covered, counted: sql`planned_seconds > 0`, missed: sql`confirmed_seconds < planned_seconds` },
  cancelled: { set: published, counted: sql`true`, missed: sql`cancelled_by is not null` },
  fill: ofCases(sql`fill_seconds`),
  late: ofCases(sql`late_seconds`),
  acknowledge: ofCases(sql`acknowledge_seconds`),
  "on-scene": ofCases(sql`on_scene_seconds`),
  refill: ofCases(sql`refill_seconds`),
  arrive: ofCases(sql`arrive_seconds`),
};

function ofCases(column: SQL) {
  return {
    set: sql`left_out is null`,
    counted: sql`cardinality(${column}) > 0`,
    missed: sql`array_position(${column}, null) is not null`,
  };
}

/**
 * The very shifts behind a number, the earliest start first or the latest, up to `limit` after the shift `after` of the
 * page before; without a metric all of them. `group` is one group of `by`, as readCounts tells it.
 */
export async function listSlaShifts(
  db: ConsoleDatabase,
  options: Chosen & { after?: { startAt: number; shiftId: number }; limit: number; isNewestFirst?: boolean },
): Promise<SlaShift[]> {
  const { after, limit, isNewestFirst = false } = options;
  const order = isNewestFirst ? sql`start_at desc, shift_id desc` : sql`start_at, shift_id`;
  const beyond = isNewestFirst ? sql`<` : sql`>`;
  const onPage = after
    ? sql`and (start_at, shift_id) ${beyond} (to_timestamp(${after.startAt}), ${after.shiftId})`
    : sql``;
  return [
    ...(await db.execute<SlaShift>(sql`
      select shift_id::float8 as "shiftId", is_live as "isLive", definition,
             date_part('epoch', frozen_at) as "frozenAt", correction_reason as "correctionReason",
             local_date::text as "localDate", time_zone as "timeZone",
             date_part('epoch', start_at) as "startAt", date_part('epoch', end_at) as "endAt",
             company_name as "companyName", client_name as "clientName", location_name as "locationName", region, status,
             left_out as "leftOut", headcount, filled_slots as "filledSlots", due, on_time as "onTime",
             on_time_uncertain as "onTimeUncertain", no_show as "noShow", no_show_uncertain as "noShowUncertain",
             inside, outside, uncertain, planned_seconds as "plannedSeconds", confirmed_seconds as "confirmedSeconds",
             assumed_seconds as "assumedSeconds", unobserved_seconds as "unobservedSeconds",
             cancelled_by as "cancelledBy", notice_seconds as "noticeSeconds",
             to_json(fill_seconds) as "fillSeconds", to_json(late_seconds) as "lateSeconds",
             to_json(acknowledge_seconds) as "acknowledgeSeconds", to_json(on_scene_seconds) as "onSceneSeconds",
             to_json(refill_seconds) as "refillSeconds", to_json(arrive_seconds) as "arriveSeconds"
      from ${chosenFacts(options)} ${onPage}
      order by ${order}
      limit ${limit}`)),
  ];
}

/** What the moment of a breach is told from: the newest facts of a shift, frozen or live; undefined without any. */
export async function findSlaShift(db: ConsoleDatabase, shiftId: number): Promise<BreachFacts | undefined> {
  const columns = sql`start_at, notice_seconds, outside, planned_seconds, confirmed_seconds, assumed_seconds, unobserved_seconds`;
  const [shift] = await db.execute<BreachFacts>(sql`
    select date_part('epoch', start_at) as "startAt", notice_seconds as "noticeSeconds", sequence = 0 as "isLive", outside,
           planned_seconds as "plannedSeconds", confirmed_seconds as "confirmedSeconds",
           assumed_seconds as "assumedSeconds", unobserved_seconds as "unobservedSeconds"
    from (select sequence, ${columns} from sla_shift_facts where shift_id = ${shiftId}
          union all select 0, ${columns} from sla_live_shift_facts where shift_id = ${shiftId}) as facts
    order by sequence desc limit 1`);
  return shift;
}

/** How many there are in all. */
export async function countSlaShifts(db: ConsoleDatabase, options: Chosen): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`select count(*)::float8 as count from ${chosenFacts(options)}`);
  return row?.count ?? 0;
}

function chosenFacts({ filter, period, metric, part, group }: Chosen): SQL {
  const chosen = metric ? choose(conditions[metric], part) : sql`true`;
  const inGroup = group ? sql`and ${groupKey(group.by, period.until)} = ${group.key}` : sql``;
  return sql`(${standingFacts(filter, period)}) as facts where ${chosen} ${inGroup}`;
}

function choose({ set, counted, missed }: (typeof conditions)[ShareId], part: Part): SQL {
  if (part === "left out") return sql`not ${set}`;
  return part === "misses" ? sql`${set} and ${missed}` : sql`${set} and ${counted}`;
}
