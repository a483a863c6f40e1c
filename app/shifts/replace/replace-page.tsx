import { useSearchParams } from "@remix-run/react";
import type { ReactNode } from "react";

import { ButtonLink } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { SelectField, TextField } from "~/ui/field";
import { FilterForm } from "~/ui/filter-form";
import { formatCount } from "~/ui/format";
import { formatInstant, formatSpan } from "~/ui/format-instant";
import { Page, Section } from "~/ui/page";
import { DataTable } from "~/ui/table";
import { Age } from "~/ui/time";
import type { LoadBasemap } from "../trail";
import { candidateColumns } from "./candidate-columns";
import { CandidateDetails } from "./candidate-details";
import { FunnelLine } from "./funnel-line";
import { MapSection } from "./map-section";
import type { CandidatesRead } from "./read-replacement.server";
import { replaceHref } from "./replace-search";

const groupOptions = [
  { value: "can", label: "Who can" },
  { value: "clear", label: "With nothing against" },
  { value: "all", label: "Everybody near" },
];

/** Everybody near a shift with all that speaks against each, and what would follow from choosing one. */
export function ReplacePage({
  read,
  loadBasemap,
  children,
}: {
  read: CandidatesRead;
  loadBasemap: LoadBasemap;
  children: ReactNode;
}) {
  const [search] = useSearchParams();
  const { shift, present, found, asked, candidates, hiddenCount, chosen, readAt } = read;
  const { location, timeZone } = shift;
  return (
    <Page
      title={present ? `Replace ${present.fullName}` : "Find a guard"}
      description={`Shift ${shift.id}: ${shift.post} at ${location.name}, ${location.city}, ${formatInstant(shift.startAt, { zone: timeZone, style: "date" })}, ${formatSpan(shift.startAt, shift.endAt, timeZone)}`}
      age={
        <>
          Read <Age at={readAt} />
        </>
      }
      actions={<ButtonLink to={`/shifts/${shift.id}`}>Shift {shift.id}</ButtonLink>}
    >
      <FunnelLine found={found} />
      <FilterForm
        clearTo={asked.name === "" && asked.shown === "can" ? null : replaceHref(shift.id, new URLSearchParams(), {})}
      >
        <TextField
          label="Guard"
          type="search"
          name="name"
          defaultValue={asked.name}
          placeholder="Part of a name"
          fieldClassName="w-56 max-md:w-full"
        />
        <SelectField
          label="Show"
          name="show"
          defaultValue={asked.shown}
          options={groupOptions}
          fieldClassName="w-48 max-md:flex-1"
        />
      </FilterForm>
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_28rem]">
        <div className="flex min-w-0 flex-col gap-5 xl:order-2">
          {children}
          {chosen && <CandidateDetails candidate={chosen} zone={timeZone} />}
          <MapSection read={read} loadBasemap={loadBasemap} />
        </div>
        <Section flush>
          <DataTable
            caption="Candidates, nearest first"
            rows={candidates}
            columns={candidateColumns}
            rowId={({ guardId }) => guardId}
            rowHref={({ guardId }) => replaceHref(shift.id, search, { guard: guardId })}
            isCurrent={({ guardId }) => guardId === asked.guardId}
            empty={
              <EmptyState title="Nobody in this list">
                {asked.name
                  ? `Nobody near whose name holds "${asked.name}" is in it.`
                  : "Show everybody near to see what speaks against each, and what would have to change."}
              </EmptyState>
            }
          />
          {hiddenCount > 0 && (
            <p className="border-t border-line px-4 py-2 text-xs text-muted">
              {formatCount(hiddenCount)} more, farther away. A name finds them.
            </p>
          )}
        </Section>
      </div>
    </Page>
  );
}
