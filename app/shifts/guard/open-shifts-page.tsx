import { useSearchParams } from "@remix-run/react";

import { ButtonLink } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { SelectField } from "~/ui/field";
import { FilterForm } from "~/ui/filter-form";
import { formatCount, formatDistance, formatSeconds } from "~/ui/format";
import { formatSpan } from "~/ui/format-instant";
import { Page, Section } from "~/ui/page";
import { type Column, DataTable } from "~/ui/table";
import { Age, Time } from "~/ui/time";
import { marginColumn, StandingBadge, weekColumn } from "../replace/candidate-columns";
import type { OpenShiftsRead } from "./read-open-shifts.server";

type OpenShift = OpenShiftsRead["shifts"][number];

const columns: Column<OpenShift>[] = [
  {
    id: "shift",
    header: "Shift",
    cell: ({ shiftId, location }) => (
      <>
        {location.name}
        <span className="block text-xs font-normal text-muted">
          {shiftId} · {location.city}
        </span>
      </>
    ),
  },
  {
    id: "start",
    header: "When",
    sortBy: ({ startAt }) => startAt.getTime(),
    cell: ({ startAt, endAt, timeZone }) => (
      <>
        {formatSpan(startAt, endAt, timeZone)}
        <span className="block text-xs text-muted">
          <Time at={startAt} zone={timeZone} style="date" />
        </span>
      </>
    ),
  },
  { id: "standing", header: "Standing", cell: ({ worst }) => <StandingBadge worst={worst} /> },
  {
    id: "distance",
    header: "Distance",
    align: "end",
    sortBy: ({ distanceMeters }) => distanceMeters,
    cell: ({ distanceMeters, travelSeconds }) => (
      <>
        {formatDistance(distanceMeters)}
        {travelSeconds !== null && (
          <span className="block text-xs text-muted">about {formatSeconds(Math.round(travelSeconds / 60) * 60)}</span>
        )}
      </>
    ),
  },
  { ...marginColumn, isWideOnly: true },
  weekColumn,
  {
    id: "against",
    header: "Against",
    isFilling: true,
    isWideOnly: true,
    cell: ({ reasons }) =>
      reasons.length === 0 ? (
        <span className="text-faint">nothing</span>
      ) : (
        <span className="line-clamp-3 text-xs whitespace-normal">
          {reasons.map(({ sentence, change }) => `${sentence} ${change}`).join(" ")}
        </span>
      ),
  },
];

/** The open shifts of the next seven days with what speaks against one guard on each; a row leads to placing them. */
export function OpenShiftsPage({ read }: { read: OpenShiftsRead }) {
  const { guard, shifts, order, isAll, openCount, listedCount, blockedCount, readAt } = read;
  const [search] = useSearchParams();
  const from = guard.homeCity ? `from ${guard.homeCity}` : "no home is on record, so the soonest come first";
  return (
    <Page
      title={`Open shifts for ${guard.fullName}`}
      description={`Published shifts of the next 7 days that nobody has, ${from}; ${guard.employment === "zzp" ? "self-employed" : "employee"}.`}
      age={
        <>
          Read <Age at={readAt} />
        </>
      }
      actions={
        <ButtonLink to={`/shifts?guard=${guard.id}`} tone="quiet">
          Their shifts
        </ButtonLink>
      }
    >
      <FilterForm clearTo={search.size > 0 ? `/shifts/guard/${guard.id}` : null}>
        <SelectField
          label="Listed"
          name="order"
          defaultValue={order}
          options={[
            { value: "nearest", label: "nearest first" },
            { value: "soonest", label: "soonest first" },
          ]}
        />
        <SelectField
          label="Shown"
          name="show"
          defaultValue={isAll ? "all" : ""}
          options={[
            { value: "", label: "what they could take" },
            { value: "all", label: "all, also what a rule forbids" },
          ]}
        />
      </FilterForm>
      <p className="text-muted" role="status">
        {formatCount(openCount)} open: {formatCount(listedCount)} looked at, {formatCount(blockedCount)} forbidden by a
        rule, {formatCount(listedCount - blockedCount)} they could take.
      </p>
      <Section flush>
        <DataTable
          caption={`Open shifts for ${guard.fullName}`}
          rows={shifts}
          columns={columns}
          rowId={({ shiftId }) => shiftId}
          rowHref={({ shiftId }) => `/shifts/${shiftId}/replace?guard=${guard.id}&show=all`}
          empty={
            <EmptyState title={openCount === 0 ? "No shift is open" : "None that they could take"}>
              {openCount === 0
                ? "Every published shift of the next 7 days has its guard."
                : "Show all to see what speaks against each, and what would have to change."}
            </EmptyState>
          }
        />
      </Section>
    </Page>
  );
}
