import { ButtonLink } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { formatCount } from "~/ui/format";
import { formatInstant, formatSpan } from "~/ui/format-instant";
import { type Column, DataTable } from "~/ui/table";
import { Age } from "~/ui/time";
import type { ListedShift, ShiftOrder } from "../../db/shifts/list-shifts";
import { StatusBadge, VerdictBadge } from "./shift-badges";

const columns: Column<ListedShift>[] = [
  {
    id: "start",
    header: "Start",
    sortBy: "server",
    cell: ({ startAt, endAt, timeZone }) => (
      <>
        {formatInstant(startAt, { zone: timeZone, style: "date" })}{" "}
        <span className="font-normal text-muted tabular-nums">{formatSpan(startAt, endAt, timeZone)}</span>
      </>
    ),
  },
  { id: "status", header: "Status", cell: ({ status }) => <StatusBadge status={status} /> },
  {
    id: "guard",
    header: "Guard",
    cell: ({ guardName }) => guardName ?? <span className="text-muted">nobody</span>,
  },
  {
    id: "location",
    header: "Location",
    isFilling: true,
    cell: ({ locationName, city }) => (
      <span className="line-clamp-1">
        {locationName} <span className="text-muted">{city}</span>
      </span>
    ),
  },
  {
    id: "client",
    header: "Client",
    isWideOnly: true,
    cell: ({ clientName }) => <span className="block max-w-48 truncate">{clientName}</span>,
  },
  { id: "checkins", header: "Check-ins", align: "end", cell: ({ checkinCount }) => formatCount(checkinCount) },
  {
    id: "last",
    header: "Last check-in",
    cell: ({ lastCheckinAt, lastVerdict, timeZone }) =>
      lastCheckinAt && lastVerdict ? (
        <span className="inline-flex items-center gap-2">
          <VerdictBadge verdict={lastVerdict} />
          <Age at={lastCheckinAt} zone={timeZone} />
        </span>
      ) : (
        <span className="text-muted">none</span>
      ),
  },
];

export function ShiftTable({
  shifts,
  order,
  isNarrowed,
}: {
  shifts: ListedShift[];
  order: ShiftOrder;
  isNarrowed: boolean;
}) {
  return (
    <DataTable
      caption={`Shifts by start, ${order === "start" ? "earliest" : "latest"} first`}
      rows={shifts}
      columns={columns}
      rowId={({ id }) => id}
      rowHref={({ id }) => `/shifts/${id}`}
      defaultSort={order}
      empty={
        isNarrowed ? (
          <EmptyState
            title="No shift matches"
            action={<ButtonLink to="/shifts">Show the shifts from today</ButtonLink>}
          >
            Nothing on record has all of what you asked for.
          </EmptyState>
        ) : (
          <EmptyState title="No shift starts today or later">
            Shifts appear here as soon as they are planned. Earlier ones are found by date or by search.
          </EmptyState>
        )
      }
    />
  );
}
