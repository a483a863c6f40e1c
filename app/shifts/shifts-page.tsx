import { useSearchParams } from "@remix-run/react";
import { lazy, useState } from "react";

import { ButtonLink, buttonClass } from "~/ui/button";
import { Deferred } from "~/ui/deferred";
import { formatCount } from "~/ui/format";
import { Page, Section } from "~/ui/page";
import { ProblemList } from "~/ui/problem-list";
import { Age } from "~/ui/time";
import { SavedViews } from "~/views/saved-views";
import { useSelectionKeys } from "./bulk/use-selection-keys";
import { ColumnsMenu } from "./columns-menu";
import type { ShiftsRead } from "./read-shifts.server";
import { ShiftFilters } from "./shift-filters";
import { searchWith } from "./shift-search";
import { ShiftTable } from "./shift-table";

const BulkBar = lazy(() => import("./bulk/bulk-bar"));

export function ShiftsPage({
  read,
  mayExport,
  mayChange,
}: {
  read: ShiftsRead;
  mayExport: boolean;
  mayChange: boolean;
}) {
  const [params] = useSearchParams();
  const [ids, select] = useState<readonly number[]>([]);
  const selection = mayChange ? { ids, select } : null;
  useSelectionKeys(selection);
  const { shifts, search, choices, readAt, count, mostCounted } = read;
  const narrowing = [
    "status",
    "text",
    "from",
    "until",
    "guard",
    "location",
    "client",
    "company",
    "region",
    "unassigned",
  ];
  const isNarrowed = narrowing.some((name) => params.get(name));
  return (
    <Page
      title="Shifts"
      description="Who stands where, from when to when. Times are those of the location."
      age={
        <>
          Read <Age at={readAt} />
        </>
      }
      actions={
        <>
          <ButtonLink to="/shifts/rules" tone="quiet">
            Rules
          </ButtonLink>
          <SavedViews room="shifts" />
          <ColumnsMenu chosen={search.columns} />
          {mayExport && count > 0 && (
            <a href={`/shifts.csv${searchWith(params, { from: search.from })}`} className={buttonClass()} download>
              CSV of all that match
            </a>
          )}
        </>
      }
    >
      <ProblemList sentences={search.problems} />
      <ShiftFilters search={search} choices={choices} isNarrowed={isNarrowed} />
      <Section flush>
        {shifts.length > 0 && (
          <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-line px-4 py-1.5">
            <p className="text-muted" data-count>
              <strong className="font-semibold text-ink">
                {count > mostCounted ? `More than ${formatCount(mostCounted)}` : formatCount(count)}
              </strong>{" "}
              {count === 1 ? "shift" : "shifts"}, {shifts.length} on this page
            </p>
            <Pages read={read} label="Pages" />
          </div>
        )}
        <ShiftTable shifts={shifts} search={search} isNarrowed={isNarrowed} selection={selection} />
      </Section>
      {shifts.length > 12 && <Pages read={read} label="Pages, below the table" />}
      {selection && (
        <Deferred>
          <BulkBar {...selection} />
        </Deferred>
      )}
    </Page>
  );
}

function Pages({ read: { before, after }, label }: { read: ShiftsRead; label: string }) {
  const [params] = useSearchParams();
  if (!before && !after) return null;
  return (
    <nav aria-label={label} className="flex flex-wrap gap-2">
      {before && (
        <>
          <ButtonLink size="sm" to={`/shifts${searchWith(params, {})}`}>
            First page
          </ButtonLink>
          <ButtonLink size="sm" to={`/shifts${searchWith(params, { before })}`} rel="prev">
            Previous page
          </ButtonLink>
        </>
      )}
      {after && (
        <ButtonLink size="sm" to={`/shifts${searchWith(params, { after })}`} rel="next">
          Next page
        </ButtonLink>
      )}
    </nav>
  );
}
