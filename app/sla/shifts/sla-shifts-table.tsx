import { Link } from "@remix-run/react";

import { Badge } from "~/ui/badge";
import { boardAddress, travelDays } from "~/ui/board-address";
import { EmptyState } from "~/ui/empty-state";
import { formatInstant, formatSpan } from "~/ui/format-instant";
import { type Column, DataTable } from "~/ui/table";
import { Time } from "~/ui/time";
import { leftOutWords } from "../../../db/rules/sla/definitions";
import type { SlaShiftsRead } from "./read-sla-shifts.server";

type Shift = SlaShiftsRead["shifts"][number] & { asOf: Date };

const columns: Column<Shift>[] = [
  {
    id: "shift",
    header: "Shift",
    cell: (shift) => (
      <span className="@max-3xl:whitespace-normal">
        {shift.locationName}
        <span className="block text-xs font-normal text-muted">
          {shift.shiftId} · {shift.clientName}
        </span>
        <span className="block text-xs font-normal text-muted @3xl:hidden">
          {formatSpan(shift.startAt, shift.endAt, shift.timeZone)}{" "}
          <Time at={shift.startAt} zone={shift.timeZone} style="date" />
        </span>
        <span className="block text-xs font-normal @3xl:hidden">{tellBrought(shift)}</span>
      </span>
    ),
  },
  {
    id: "when",
    header: "When",
    isWideOnly: true,
    cell: ({ startAt, endAt, timeZone }) => (
      <>
        {formatSpan(startAt, endAt, timeZone)}
        <span className="block text-xs text-muted">
          <Time at={startAt} zone={timeZone} style="date" />
        </span>
      </>
    ),
  },
  {
    id: "contribution",
    header: "What it brought",
    isFilling: true,
    isWideOnly: true,
    cell: (shift) => <span className="whitespace-normal">{tellBrought(shift)}</span>,
  },
  {
    id: "facts",
    header: "Facts",
    isWideOnly: true,
    cell: ({ isLive, correctionReason }) =>
      correctionReason ? (
        <>
          <Badge severity="notice">corrected</Badge>
          <span className="block text-xs text-muted">{correctionReason}</span>
        </>
      ) : (
        <Badge>{isLive ? "live" : "frozen"}</Badge>
      ),
  },
  { id: "replay", header: "The board then", cell: (shift) => <Replay shift={shift} /> },
];

/** The shifts of a number: each leads to its own page, and to the board at the moment of its breach. */
export function SlaShiftsTable({ shifts, asOf }: Pick<SlaShiftsRead, "shifts" | "asOf">) {
  return (
    <DataTable
      caption="Shifts behind the number, the latest start first"
      rows={shifts.map((shift) => ({ ...shift, asOf }))}
      columns={columns}
      rowId={({ shiftId }) => shiftId}
      rowHref={({ shiftId }) => `/shifts/${shiftId}`}
      empty={
        <EmptyState title="No shift is behind it">
          None of this time and filter is part of what was asked for, which can be good news: no shift missed.
        </EmptyState>
      }
    />
  );
}

function tellBrought({ contribution, leftOut }: Shift): string {
  return leftOut ? `Left out: ${leftOutWords[leftOut]}` : contribution;
}

function Replay({ shift: { shiftId, breach, startAt, timeZone, asOf } }: { shift: Shift }) {
  const at = breach.at ?? startAt;
  const board = boardAddress(at, { shiftId, asOf });
  if (!board)
    return (
      <span className="text-xs text-muted">{+at > +asOf ? "not yet" : `the board is kept for ${travelDays} days`}</span>
    );
  const time = breach.at ? formatInstant(breach.at, { zone: timeZone, style: "minute" }) : null;
  return (
    <>
      <Link
        to={time ? board : breach.path}
        className="relative text-accent underline"
        aria-label={`Board ${time ? `at ${time}` : breach.words}, shift ${shiftId}`}
      >
        {time ?? "Show it"}
      </Link>
      <span className="block text-xs text-muted">{breach.words}</span>
    </>
  );
}
