import { useSearchParams } from "@remix-run/react";

import { ButtonLink, buttonClass } from "~/ui/button";
import { Page, Section } from "~/ui/page";
import { Age } from "~/ui/time";
import { ChainState } from "./chain-state";
import { EventDetails } from "./event-details";
import type { Trail } from "./read-trail.server";
import { TrailFilters } from "./trail-filters";
import { isFiltered, searchWith } from "./trail-search";
import { TrailTable } from "./trail-table";

export function TrailPage({ trail }: { trail: Trail }) {
  const [search] = useSearchParams();
  const { events, opened, complaint, filter, isContinued, nextBeforeId, verification, readAt } = trail;
  return (
    <Page
      title="Audit"
      description="Who did what, and what was refused. Events are added and never changed."
      age={
        <>
          Read <Age at={readAt} />
        </>
      }
      actions={
        <a href={`/audit.csv${searchWith(search, { before: null, event: null })}`} className={buttonClass()} download>
          Export CSV
        </a>
      }
    >
      <ChainState verification={verification} asOf={readAt} />
      <TrailFilters trail={trail} />
      {complaint && (
        <p role="alert" className="rounded-md bg-warning-soft px-3 py-2 text-warning">
          {complaint}
        </p>
      )}
      <div className={opened ? "grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_26rem]" : undefined}>
        {opened && (
          <div className="xl:sticky xl:top-5 xl:order-2">
            <EventDetails event={opened} />
          </div>
        )}
        <Section flush>
          <TrailTable events={events} openedId={opened?.id} isFiltered={isFiltered(filter) || isContinued} />
        </Section>
      </div>
      {(isContinued || nextBeforeId !== null) && (
        <nav aria-label="Pages" className="flex gap-2">
          {isContinued && (
            <ButtonLink to={`/audit${searchWith(search, { before: null, event: null })}`}>Newest</ButtonLink>
          )}
          {nextBeforeId !== null && (
            <ButtonLink to={`/audit${searchWith(search, { before: nextBeforeId, event: null })}`}>Older</ButtonLink>
          )}
        </nav>
      )}
    </Page>
  );
}
