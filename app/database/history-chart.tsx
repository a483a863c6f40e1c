import { Area, AreaChart, CartesianGrid, Tooltip, XAxis, YAxis } from "recharts";

import { axisStroke, tick, tooltipLook } from "~/ui/chart-look";
import { formatInstant } from "~/ui/format-instant";
import { describePoint } from "./history-table";
import type { Series } from "./series";

/** One number over time. Charts of a page share their crosshair; a gap is a time of which nothing is known. */
export default function HistoryChart({ series, from, to }: { series: Series; from: Date; to: Date }) {
  const isLong = to.getTime() - from.getTime() > 2 * 86_400_000;
  const points = series.points.map(({ at, value }) => ({ at: at.getTime(), value }));
  return (
    <figure className="m-0 min-w-0">
      <figcaption className="mb-1 text-xs text-muted">
        {series.label}
        {series.isRate && ", by what it grew a second"}
      </figcaption>
      <AreaChart
        responsive
        style={{ width: "100%", height: 180 }}
        data={points}
        syncId="database"
        syncMethod="value"
        margin={{ top: 4, right: 8, bottom: 0, left: 0 }}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="at"
          type="number"
          scale="time"
          domain={[from.getTime(), to.getTime()]}
          tickFormatter={(at: number) => formatInstant(new Date(at), { style: isLong ? "date" : "minute" })}
          tick={tick}
          stroke={axisStroke}
          minTickGap={48}
        />
        <YAxis
          width={76}
          domain={[0, "auto"]}
          tickFormatter={(value: number) => describePoint(series, value)}
          tick={tick}
          stroke={axisStroke}
        />
        <Tooltip
          {...tooltipLook}
          labelFormatter={(at) => formatInstant(new Date(Number(at)), { style: "second" })}
          formatter={(value) => [describePoint(series, typeof value === "number" ? value : null), series.label]}
        />
        <Area
          dataKey="value"
          stroke="var(--accent)"
          fill="var(--accent-soft)"
          strokeWidth={1.5}
          isAnimationActive={false}
          connectNulls={false}
          dot={false}
        />
      </AreaChart>
    </figure>
  );
}
