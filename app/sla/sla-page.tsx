import { EmptyState } from "~/ui/empty-state";
import { Page, Section } from "~/ui/page";
import { Age } from "~/ui/time";
import { countedSet } from "../../db/rules/sla/metrics";
import { DayTable } from "./day-table";
import { formatDate } from "./format-date";
import { MetricSection } from "./metric-section";
import type { SlaRead } from "./read-sla.server";

export function SlaPage({ read }: { read: SlaRead }) {
  const { metrics, byDay, window, zone, hasShifts, readAt } = read;
  const span = `${formatDate(window.firstDate)} to ${formatDate(window.lastDate)}`;
  return (
    <Page
      title="SLA"
      description={`The last 7 full days, ${span}, by the local date of each shift's start.`}
      age={
        <>
          Read <Age at={readAt} zone={zone} />
        </>
      }
    >
      {hasShifts ? (
        <>
          <div className="grid gap-5 md:grid-cols-2">
            {metrics.map((metric) => (
              <MetricSection key={metric.id} metric={metric} />
            ))}
          </div>
          <Section title="By day" note={span} flush>
            <DayTable byDay={byDay} />
          </Section>
          <p className="max-w-prose text-xs text-muted">
            {countedSet} Below 20 observations the count stands in place of a percentage. The interval is Wilson's.
          </p>
        </>
      ) : (
        <Section>
          <EmptyState title="Nothing to measure yet">
            No shift started in the last 14 full days. Each metric appears with the first shift that has a full day
            behind it.
          </EmptyState>
        </Section>
      )}
    </Page>
  );
}
