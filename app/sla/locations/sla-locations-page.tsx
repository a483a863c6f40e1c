import { useSearchParams } from "@remix-run/react";

import { formatCount } from "~/ui/format";
import { Page, Section } from "~/ui/page";
import { ProblemList } from "~/ui/problem-list";
import { Age } from "~/ui/time";
import { definitionOf } from "../../../db/rules/sla/definitions";
import { fewestCheckins, fewestGuards } from "../../../db/rules/sla/judge-fence";
import { DefinitionNote } from "../definition-note";
import { SlaFilters } from "../sla-filters";
import { SlaTabs } from "../sla-tabs";
import { tellPeriod } from "../tell-period";
import { LocationsTable } from "./locations-table";
import type { SlaLocationsRead } from "./read-sla-locations.server";

/** Where coverage has gaps, and whether the fence there can tell. */
export function SlaLocationsPage({ read }: { read: SlaLocationsRead }) {
  const { period, problems, choices, readAt, locationCount, locations, unmeasured } = read;
  const [params] = useSearchParams();
  return (
    <Page
      title="Locations"
      description={`Planned time that nobody covered, ${tellPeriod(period)}, and how well each fence fits the work there.`}
      age={
        <>
          Read <Age at={readAt} />
        </>
      }
    >
      <SlaTabs current="locations" />
      <ProblemList sentences={[...problems, ...(unmeasured ? [`No fence could be measured. ${unmeasured}`] : [])]} />
      <SlaFilters address={read} choices={choices} clearTo={params.size > 0 ? "/sla/locations" : null} />
      <Section
        title="Coverage and fences"
        note={
          locationCount > locations.length
            ? `the ${locations.length} with the longest absence, of ${formatCount(locationCount)}`
            : undefined
        }
        flush
      >
        <LocationsTable read={read} />
      </Section>
      <DefinitionNote definition={definitionOf("coverage")} />
      <p className="max-w-prose text-xs text-muted">
        A fence is measured by the check-ins of the newest 30 shifts of the last 28 days at the location, whatever the
        range above: the median of their positions, and the radius in which nine tenths lie with all their accuracy.
        Under {fewestCheckins} check-ins or {fewestGuards} guards nothing is told.
      </p>
    </Page>
  );
}
