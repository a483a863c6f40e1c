import { Area, CartesianGrid, ComposedChart, Line, ReferenceLine, Tooltip, XAxis, YAxis } from "recharts";

import { axisStroke, tick, tooltipLook } from "~/ui/chart-look";
import { formatPercent } from "~/ui/format";
import { definitionOf } from "../../db/rules/sla/definitions";
import { formatDate } from "./format-date";
import { tellDuration } from "./tell-share";
import type { Trend } from "./tell-trends";

/** One number over the steps of the period. Charts of a page share their crosshair; where nothing was counted is a gap. */
export default function TrendChart({
  trend: { id, points },
  target,
  against,
}: {
  trend: Trend;
  /** A ratio; null where none is set, and of durations. */
  target: number | null;
  against: string;
}) {
  const { title, measure, isLowerBetter } = definitionOf(id);
  const isShare = measure === "share";
  const tellValue = isShare ? formatPercent : tellDuration;
  return (
    <figure className="m-0 min-w-0">
      <figcaption className="mb-1 text-xs text-muted">
        {title}
        {!isShare && ", P50, with a band to P90"}
        {isShare && target !== null && `, target ${formatPercent(target)}`}
      </figcaption>
      <ComposedChart
        responsive
        style={{ width: "100%", height: 180 }}
        data={points}
        syncId="sla"
        margin={{ top: 4, right: 8, bottom: 0, left: 0 }}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis dataKey="date" tickFormatter={formatDate} tick={tick} stroke={axisStroke} minTickGap={32} />
        <YAxis
          width={isShare ? 48 : 76}
          domain={isShare && !isLowerBetter ? [lowest(points, target), 1] : [0, "auto"]}
          tickFormatter={(value: number) => (isShare ? `${Number((100 * value).toFixed(1))} %` : tellDuration(value))}
          tick={tick}
          stroke={axisStroke}
        />
        <Tooltip
          {...tooltipLook}
          labelFormatter={(date) => formatDate(String(date))}
          formatter={(value, name, { payload }) =>
            name === "other" ? [tellValue(Number(value)), against] : [describePoint(payload), undefined]
          }
        />
        <Area
          dataKey="span"
          fill="var(--accent-soft)"
          stroke="none"
          isAnimationActive={false}
          connectNulls={false}
          tooltipType="none"
          activeDot={false}
        />
        {isShare && target !== null && <ReferenceLine y={target} stroke="var(--critical)" strokeWidth={1} />}
        <Line
          dataKey="other"
          stroke="var(--muted)"
          strokeDasharray="4 3"
          isAnimationActive={false}
          connectNulls={false}
          dot={false}
        />
        <Line
          dataKey="value"
          stroke="var(--accent)"
          strokeWidth={1.5}
          isAnimationActive={false}
          connectNulls={false}
          dot={points.length <= 62 && { r: 1.5, fill: "var(--accent)" }}
        />
      </ComposedChart>
    </figure>
  );
}

function describePoint({ words, isLive }: Trend["points"][number]): string {
  return isLive ? `${words}, partly live` : words;
}

/** A bottom below all that is drawn, in whole tenths. */
function lowest(points: Trend["points"], target: number | null): number {
  const drawn = points.flatMap(({ value, span, other }) => [value ?? 1, span?.[0] ?? 1, other ?? 1]);
  return Math.max(0, Math.floor(10 * Math.min(...drawn, target ?? 1, 0.9) - 0.001) / 10);
}
