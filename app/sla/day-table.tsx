import { formatCount, formatShare } from "~/ui/format";
import { type Column, DataTable } from "~/ui/table";
import { formatDate } from "./format-date";
import type { SlaRead } from "./read-sla.server";

type Day = SlaRead["byDay"][number];

const share = (id: keyof Day["tallies"], header: string): Column<Day> => ({
  id,
  header,
  align: "end",
  cell: ({ tallies }) => formatShare(tallies[id].hits, tallies[id].of, "none"),
});

const columns: Column<Day>[] = [
  { id: "date", header: "Day", isFilling: true, cell: ({ date }) => formatDate(date) },
  share("fill-rate", "Fill rate"),
  share("on-time", "On-time check-in"),
  share("no-show", "No-show"),
  share("in-geofence", "In geofence"),
  {
    id: "uncertain",
    header: "Uncertain",
    align: "end",
    isWideOnly: true,
    cell: ({ tallies }) => formatCount(tallies["in-geofence"].uncertain),
  },
  {
    id: "leftOut",
    header: "Left out",
    align: "end",
    isWideOnly: true,
    cell: ({ tallies }) => formatCount(tallies["fill-rate"].leftOut),
  },
];

export function DayTable({ byDay }: { byDay: Day[] }) {
  return (
    <DataTable
      caption="Metrics by day, newest first"
      rows={byDay}
      columns={columns}
      rowId={({ date }) => date}
      empty={null}
    />
  );
}
