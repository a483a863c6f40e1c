import { securyflex } from "../../db/connections";
import { type DayCount, tallyDate, tallyWindows, windowDates } from "../../db/rules/sla/day-counts";
import { type MetricId, metrics } from "../../db/rules/sla/metrics";
import { wilsonInterval } from "../../db/rules/sla/wilson-interval";
import { readFillRate, readGeofence, readPunctuality } from "../../db/sla/read-metrics";

const zone = "Europe/Amsterdam";

/** The metrics of the last seven full local days beside those of the seven before, and each day by itself. */
export async function readSla() {
  const db = securyflex("console_read");
  const asOf = new Date();
  const [fillRate, punctuality, geofence] = await Promise.all([
    readFillRate(db, { asOf }),
    readPunctuality(db, { asOf }),
    readGeofence(db, { asOf }),
  ]);
  const days: Record<MetricId, DayCount[]> = {
    "fill-rate": fillRate,
    "on-time": punctuality.onTime,
    "no-show": punctuality.noShow,
    "in-geofence": geofence,
  };
  const dates = windowDates(asOf, zone);
  return {
    readAt: asOf,
    zone,
    window: { firstDate: dates.at(-1) as string, lastDate: dates[0] as string },
    hasShifts: fillRate.length > 0,
    metrics: metrics.map((metric) => {
      const { current, previous } = tallyWindows(days[metric.id]);
      return { ...metric, current, previous, interval: wilsonInterval(current.hits, current.of) };
    }),
    byDay: dates.map((date) => ({
      date,
      tallies: Object.fromEntries(metrics.map(({ id }) => [id, tallyDate(days[id], date)])) as Record<
        MetricId,
        ReturnType<typeof tallyDate>
      >,
    })),
  };
}

export type SlaRead = Awaited<ReturnType<typeof readSla>>;
