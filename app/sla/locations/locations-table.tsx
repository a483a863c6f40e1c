import { Badge, type Severity } from "~/ui/badge";
import { EmptyState } from "~/ui/empty-state";
import { formatPercent, formatSeconds } from "~/ui/format";
import { type Column, DataTable } from "~/ui/table";
import type { FenceAdvice } from "../../../db/rules/sla/judge-fence";
import { shiftsBehind } from "../shift-links";
import type { SlaLocationsRead } from "./read-sla-locations.server";
import { fenceWords } from "./tell-fence";

type Row = SlaLocationsRead["locations"][number];

const severities: Record<FenceAdvice["verdict"], Severity> = {
  "too few": "unknown",
  good: "ok",
  move: "warning",
  widen: "warning",
  narrow: "notice",
};

const share = (part: number, of: number) => (of === 0 ? "none" : formatPercent(part / of));

const columns: Column<Row>[] = [
  {
    id: "location",
    header: "Location",
    cell: ({ name, fence }) => (
      <span className="block min-w-40 whitespace-normal">
        {name}
        <span className="block font-normal @3xl:hidden">
          <Fence fence={fence} />
        </span>
      </span>
    ),
  },
  {
    id: "absent",
    header: "Absent",
    align: "end",
    sortBy: ({ absentSeconds }) => absentSeconds,
    cell: ({ absentSeconds, plannedSeconds }) => (
      <>
        {formatSeconds(absentSeconds)}
        <span className="block text-xs text-muted">{share(absentSeconds, plannedSeconds)}</span>
      </>
    ),
  },
  {
    id: "planned",
    header: "Planned",
    align: "end",
    isWideOnly: true,
    sortBy: ({ plannedSeconds }) => plannedSeconds,
    cell: ({ plannedSeconds }) => formatSeconds(plannedSeconds),
  },
  part("confirmed", "Confirmed", ({ confirmedSeconds }) => confirmedSeconds),
  part("assumed", "Assumed", ({ assumedSeconds }) => assumedSeconds),
  part("unobserved", "Unobserved", ({ unobservedSeconds }) => unobservedSeconds),
  {
    id: "uncertain",
    header: "Uncertain",
    align: "end",
    isWideOnly: true,
    sortBy: ({ uncertain, checkinCount }) => (checkinCount === 0 ? null : uncertain / checkinCount),
    cell: ({ uncertain, checkinCount }) => share(uncertain, checkinCount),
  },
  {
    id: "fence",
    header: "Fence",
    isFilling: true,
    isWideOnly: true,
    cell: ({ fence }) => <Fence fence={fence} />,
  },
];

function Fence({ fence }: Pick<Row, "fence">) {
  if (!fence) return <Badge severity="unknown">unknown</Badge>;
  return (
    <span className="whitespace-normal">
      <Badge severity={severities[fence.verdict]}>{fenceWords[fence.verdict]}</Badge>
      <span className="block text-xs text-muted">{fence.words}</span>
    </span>
  );
}

function part(id: string, header: string, secondsOf: (row: Row) => number): Column<Row> {
  return {
    id,
    header,
    align: "end",
    isWideOnly: true,
    sortBy: (row) => (row.plannedSeconds === 0 ? null : secondsOf(row) / row.plannedSeconds),
    cell: (row) => share(secondsOf(row), row.plannedSeconds),
  };
}

/** Coverage and fence of each location; a row leads to the shifts that were not covered whole. */
export function LocationsTable({ read }: { read: SlaLocationsRead }) {
  return (
    <DataTable
      caption="Locations, the longest absence first"
      rows={read.locations}
      columns={columns}
      rowId={({ locationId }) => locationId}
      rowHref={({ locationId }) =>
        shiftsBehind(read, { metric: "coverage", part: "misses", group: { by: "location", key: String(locationId) } })
      }
      empty={
        <EmptyState title="No shift started in this time">
          Nothing was planned at any location of this filter. Choose another range, or clear the filter.
        </EmptyState>
      }
    />
  );
}
