import { useSearchParams } from "@remix-run/react";

import { EmptyState } from "~/ui/empty-state";
import { Page, Section } from "~/ui/page";
import { ProblemList } from "~/ui/problem-list";
import { Age } from "~/ui/time";
import { definitionOf } from "../../../db/rules/sla/definitions";
import { fewestForShare } from "../../../db/rules/sla/judge-share";
import { ChoiceLinks } from "../choice-links";
import { DefinitionNote } from "../definition-note";
import { SlaFilters } from "../sla-filters";
import { SlaTabs } from "../sla-tabs";
import { tellPeriod } from "../tell-period";
import { HeatMap } from "./heat-map";
import { heatMetrics } from "./heat-metrics";
import type { SlaHoursRead } from "./read-sla-hours.server";

const narrowing = ["range", "from", "until", "client", "company", "location", "region"];

/** In which hours of the week a number is bad. */
export function SlaHoursPage({ read }: { read: SlaHoursRead }) {
  const { metric, cells, period, problems, choices, readAt } = read;
  const [params] = useSearchParams();
  const definition = definitionOf(metric);
  return (
    <Page
      title="Hours of the week"
      description={`${definition.title} by the local hour in which shifts started, ${tellPeriod(period)}.`}
      age={
        <>
          Read <Age at={readAt} />
        </>
      }
    >
      <SlaTabs current="hours" />
      <ProblemList sentences={problems} />
      <SlaFilters
        address={read}
        choices={choices}
        clearTo={narrowing.some((name) => params.get(name)) ? `/sla/hours?metric=${metric}` : null}
      >
        <input type="hidden" name="metric" value={metric} />
      </SlaFilters>
      <Section
        title={definition.title}
        note={`in percent of ${definition.unit}; under ${fewestForShare} their count, without a colour; the stronger it is, the worse`}
      >
        <div className="mb-3">
          <ChoiceLinks
            label="Number"
            name="metric"
            chosen={metric}
            options={heatMetrics.map((id) => ({ value: id, label: definitionOf(id).title }))}
          />
        </div>
        {cells.some(({ share }) => share.of > 0) ? (
          <HeatMap cells={cells} metric={metric} definition={definition} question={read} />
        ) : (
          <EmptyState title="Nothing was counted">
            No shift of this time and filter counts for it, which is not zero. Choose another range, or clear the
            filter.
          </EmptyState>
        )}
        <div className="mt-3">
          <DefinitionNote definition={definition} />
        </div>
      </Section>
    </Page>
  );
}
