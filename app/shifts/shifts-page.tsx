import { useSearchParams } from "@remix-run/react";

import { SeverityMark } from "~/ui/badge";
import { ButtonLink, buttonClass } from "~/ui/button";
import { formatCount } from "~/ui/format";
import { Page, Section } from "~/ui/page";
import { Age } from "~/ui/time";
import { SavedViews } from "~/views/saved-views";
import { ColumnsMenu } from "./columns-menu";
import type { ShiftsRead } from "./read-shifts.server";
import { ShiftFilters } from "./shift-filters";
import { searchWith } from "./shift-search";
import { ShiftTable } from "./shift-table";

export function ShiftsPage({ read, mayExport }: { read: ShiftsRead; mayExport: boolean }) {
  const [params] = useSearchParams();
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
      <Problems sentences={search.problems} />
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
        <ShiftTable shifts={shifts} search={search} isNarrowed={isNarrowed} />
      </Section>
      {shifts.length > 12 && <Pages read={read} label="Pages, below the table" />}
    </Page>
  );
}

/** What the address asks for and cannot mean. */
function Problems({ sentences }: { sentences: string[] }) {
  if (sentences.length === 0) return null;
  return (
    <div role="status" className="rounded-md border border-warning/40 bg-warning-soft px-3 py-2 text-warning">
      {sentences.map((sentence) => (
        <p key={sentence} className="flex items-center gap-2">
          <SeverityMark severity="warning" />
          {sentence}
        </p>
      ))}
    </div>
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
