import { fewestForPercent, formatCount, formatPercent, formatShare } from "~/ui/format";
import { Section } from "~/ui/page";
import type { SlaRead } from "./read-sla.server";

/** One metric: its value with n, how sure it is, the window before, what was left out, and what it means. */
export function MetricSection({ metric }: { metric: SlaRead["metrics"][number] }) {
  const { title, unit, definition, current, previous, interval, isLowerBetter } = metric;
  return (
    <Section title={title} note={isLowerBetter ? "lower is better" : undefined}>
      <p className="text-2xl font-semibold tabular-nums">{formatShare(current.hits, current.of, `no ${unit}`)}</p>
      <p className="mt-1 text-muted">
        {unit}
        {interval && current.of >= fewestForPercent && metric.id !== "in-geofence" && (
          <>
            {" "}
            · 95 % interval {formatPercent(interval.low)} to {formatPercent(interval.high)}
          </>
        )}
        {metric.id === "in-geofence" && current.uncertain > 0 && <UncertainRange tally={current} />}
      </p>
      <dl className="mt-3 flex flex-wrap gap-x-6 gap-y-1 text-sm">
        <div className="flex gap-2">
          <dt className="text-muted">7 days before</dt>
          <dd className="tabular-nums">{formatShare(previous.hits, previous.of, `no ${unit}`)}</dd>
        </div>
        <div className="flex gap-2">
          <dt className="text-muted">Shifts left out</dt>
          <dd className="tabular-nums">{formatCount(current.leftOut)}</dd>
        </div>
        {metric.id === "in-geofence" && (
          <div className="flex gap-2">
            <dt className="text-muted">Uncertain</dt>
            <dd className="tabular-nums">{formatCount(current.uncertain)}</dd>
          </div>
        )}
      </dl>
      <p className="mt-3 max-w-prose text-xs text-muted">{definition}</p>
    </Section>
  );
}

/** What the share would be if every uncertain check-in were outside, and if every one were inside. */
function UncertainRange({ tally }: { tally: SlaRead["metrics"][number]["current"] }) {
  const all = tally.of + tally.uncertain;
  return (
    <>
      {" "}
      · with the uncertain ones {formatPercent(tally.hits / all)} to{" "}
      {formatPercent((tally.hits + tally.uncertain) / all)}
    </>
  );
}
