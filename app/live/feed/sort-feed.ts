import { isSnoozed } from "../../../db/rules/live/answer-alarm";
import { type AlarmGroup, groupAlarms } from "../../../db/rules/live/group-alarms";
import type { Alarm } from "./alarm-feed";

export type FeedAlarm = Alarm & { isAcknowledged: boolean };

export type SortedFeed = {
  awake: AlarmGroup<FeedAlarm>[];
  awakeCount: number;
  snoozed: AlarmGroup<FeedAlarm>[];
  snoozedCount: number;
  /** Critical ones that are awake and that nobody has acknowledged. */
  urgentCount: number;
};

/** The open alarms at `now`: worst first and grouped, those that sleep apart. */
export function sortFeed(open: readonly Alarm[], now: Date): SortedFeed {
  const known = open.map((alarm) => ({ ...alarm, isAcknowledged: alarm.acknowledgedBy !== null }));
  const snoozed = known.filter((alarm) => isSnoozed(alarm, now));
  const awake = known.filter((alarm) => !isSnoozed(alarm, now));
  return {
    awake: groupAlarms(awake),
    awakeCount: awake.length,
    snoozed: groupAlarms(snoozed),
    snoozedCount: snoozed.length,
    urgentCount: awake.filter(({ severity, isAcknowledged }) => severity === "critical" && !isAcknowledged).length,
  };
}
