import type { ReactNode } from "react";

import { formatCount, formatEuro } from "~/ui/format";
import { formatInstant, formatSpan } from "~/ui/format-instant";
import { Age, Time } from "~/ui/time";
import type { ShownShift } from "./read-shifts.server";
import { StatusBadge, VerdictBadge } from "./shift-badges";
import type { ColumnId } from "./shift-columns";

const nobody = <span className="text-muted">nobody</span>;

export const shiftCells: Record<ColumnId, (shift: ShownShift) => ReactNode> = {
  start: (shift) => <Planned shift={shift} />,
  end: ({ endAt, timeZone }) => <Time at={endAt} zone={timeZone} />,
  status: ({ status }) => <StatusBadge status={status} />,
  guard: ({ guardName }) => guardName ?? nobody,
  location: ({ locationName, city }) => (
    <>
      {locationName} <span className="text-muted">{city}</span>
    </>
  ),
  city: ({ city }) => city,
  region: ({ region }) => region ?? <span className="text-muted italic">unknown</span>,
  client: ({ clientName }) => clientName,
  company: ({ companyName }) => companyName,
  post: ({ post }) => post,
  headcount: ({ headcount }) => formatCount(headcount),
  rate: ({ hourlyRate }) => formatEuro(hourlyRate),
  checkins: ({ checkinCount }) => formatCount(checkinCount),
  last: (shift) => <LastCheckin shift={shift} />,
  updated: ({ updatedAt, timeZone }) => <Age at={updatedAt} zone={timeZone} />,
  id: ({ id }) => id,
};

function Planned({ shift: { startAt, endAt, timeZone } }: { shift: ShownShift }) {
  return (
    <>
      {formatInstant(startAt, { zone: timeZone, style: "date" })}{" "}
      <span className="font-normal text-muted tabular-nums">{formatSpan(startAt, endAt, timeZone)}</span>
    </>
  );
}

function LastCheckin({ shift: { lastCheckinAt, lastVerdict, timeZone } }: { shift: ShownShift }) {
  if (!lastCheckinAt || !lastVerdict) return <span className="text-muted">none</span>;
  return (
    <span className="inline-flex items-center gap-2">
      <VerdictBadge verdict={lastVerdict} />
      <Age at={lastCheckinAt} zone={timeZone} />
    </span>
  );
}

/** A whole row in one cell, for a screen that holds no columns. */
export function ShiftCard({ shift }: { shift: ShownShift }) {
  return (
    <span className="flex flex-col gap-0.5 py-1 whitespace-normal">
      <span className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <span>
          <Planned shift={shift} />
        </span>
        <StatusBadge status={shift.status} />
      </span>
      <span className="font-normal">
        {shift.locationName} <span className="text-muted">{shift.city}</span>
      </span>
      <span className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 font-normal">
        <span>{shift.guardName ?? nobody}</span>
        {shift.lastCheckinAt && <LastCheckin shift={shift} />}
      </span>
    </span>
  );
}
