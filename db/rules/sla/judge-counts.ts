import type { SlaCounts } from "./counts";
import { judgeShare, type Share } from "./judge-share";

export type ShareId = "fill-rate" | "on-time" | "no-show" | "in-geofence" | "coverage" | "cancelled";

export type JudgedShare = Share & {
  /** Shifts that the metric does not count. */
  leftOut: number;
};

/**
 * The metrics that are shares. Coverage is in seconds and has no interval of chance; its `hits` are confirmed seconds
 * and its range reaches to what is assumed or unobserved. The fence's range puts every uncertain check-in on one side.
 */
export function judgeCounts(counts: SlaCounts): Record<ShareId, JudgedShare> {
  const { draft, unpublished, withdrawn, unobserved } = counts.leftOut;
  const leftOut = draft + unpublished + withdrawn + unobserved;
  const onTime = counts.onTime + counts.onTimeUncertain;
  const { inside, outside, uncertain, confirmedSeconds, assumedSeconds, unobservedSeconds, plannedSeconds } = counts;
  const cancelled = Object.values(counts.cancelled).flatMap((notices) => Object.values(notices));
  const checkins = inside + outside + uncertain;
  const coverage = judgeShare({
    hits: confirmedSeconds,
    of: plannedSeconds,
    most: confirmedSeconds + assumedSeconds + unobservedSeconds,
  });
  return {
    "fill-rate": { ...judgeShare({ hits: counts.filledSlots, of: counts.slots }), leftOut },
    "on-time": { ...judgeShare({ hits: onTime, of: counts.due, least: counts.onTime }), leftOut },
    "no-show": {
      ...judgeShare({ hits: counts.noShow, of: counts.due, most: counts.noShow + counts.noShowUncertain }),
      leftOut,
    },
    "in-geofence": {
      ...judgeShare({ hits: inside, of: inside + outside }),
      low: checkins === 0 ? null : inside / checkins,
      high: checkins === 0 ? null : (inside + uncertain) / checkins,
      leftOut,
    },
    coverage: { ...coverage, interval: null, words: null, leftOut: draft + unpublished + withdrawn },
    cancelled: {
      ...judgeShare({ hits: cancelled.reduce((sum, one) => sum + one, 0), of: counts.publishedShifts }),
      leftOut: draft + unpublished,
    },
  };
}
