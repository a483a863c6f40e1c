import { lazy } from "react";

import { Deferred } from "~/ui/deferred";
import { Section } from "~/ui/page";
import { definitionOf, type MetricId } from "../../db/rules/sla/definitions";
import type { SetTarget } from "../../db/rules/sla/target-spans";
import { ChoiceLinks } from "./choice-links";
import { formatDate } from "./format-date";
import { type Step, steps } from "./numbers-question";
import type { Trend } from "./tell-trends";

const TrendChart = lazy(() => import("./trend-chart"));
const options = Object.entries(steps).map(([value, label]) => ({ value, label }));

/** Each number over the period; one crosshair over all charts, and the same as a table. */
export function TrendsSection({
  trends,
  targets,
  step,
  against,
}: {
  trends: Trend[];
  /** Of shares, those that hold on the last day. */
  targets: Partial<Record<MetricId, SetTarget>>;
  step: Step;
  /** Whose line is dashed; null where there is none. */
  against: string | null;
}) {
  return (
    <Section
      title="Trends"
      note={`a gap where nothing was counted; a band where something is uncertain; a line of its own for the target${against ? `; dashed: ${against}` : ""}`}
      actions={<ChoiceLinks label="Step" name="step" chosen={step} options={options} />}
    >
      <div className="grid min-h-[12.5rem] gap-5 lg:grid-cols-2 2xl:grid-cols-3">
        <Deferred>
          {trends.map((trend) => (
            <TrendChart
              key={trend.id}
              trend={trend}
              target={targets[trend.id]?.ratio ?? null}
              against={against ?? ""}
            />
          ))}
        </Deferred>
      </div>
      <TrendTable trends={trends} />
    </Section>
  );
}

/** The numbers behind the charts, newest first. */
function TrendTable({ trends }: { trends: Trend[] }) {
  const dates = (trends[0]?.points ?? []).map(({ date, isLive }, index) => ({ date, isLive, index })).reverse();
  return (
    <details className="mt-4">
      <summary className="w-fit rounded-sm text-muted hover:text-ink max-md:py-2">The same as a table</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard. */}
      <section aria-label="Trends as a table" tabIndex={0} className="mt-2 max-h-96 overflow-auto">
        <table className="w-full text-left text-xs">
          <caption className="sr-only">Each number by its first date, newest first</caption>
          <thead>
            <tr>
              <th scope="col" className="py-1 pr-4 font-medium">
                From
              </th>
              {trends.map(({ id }) => (
                <th key={id} scope="col" className="py-1 pr-4 font-medium whitespace-nowrap">
                  {definitionOf(id).title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {dates.map(({ date, isLive, index }) => (
              <tr key={date} className="border-t border-line">
                <th scope="row" className="py-1 pr-4 font-normal whitespace-nowrap">
                  {formatDate(date)}
                  {isLive && <span className="text-muted"> · live</span>}
                </th>
                {trends.map(({ id, points }) => (
                  <td key={id} className="py-1 pr-4 whitespace-nowrap">
                    {points[index]?.words}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
