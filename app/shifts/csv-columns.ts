import { isoInZone } from "~/ui/csv-text";
import type { ListedShift } from "../../db/shifts/list-shifts";
import type { ColumnId } from "./shift-columns";
import { searchZone } from "./shift-search";

type CsvColumn = { header: string; cell: (shift: Omit<ListedShift, "position">) => string | number };

const instant = (at: Date | null) => (at ? isoInZone(at, searchZone) : "");

const end: CsvColumn = { header: "End", cell: ({ endAt }) => instant(endAt) };
const city: CsvColumn = { header: "City", cell: ({ city: name }) => name };

/** What a column of the table shows, in cells of one value each. Nobody and never are empty cells. */
const csvColumns: Record<ColumnId, CsvColumn[]> = {
  start: [{ header: "Start", cell: ({ startAt }) => instant(startAt) }, end],
  end: [end],
  status: [{ header: "Status", cell: ({ status }) => status }],
  guard: [{ header: "Guard", cell: ({ guardName }) => guardName ?? "" }],
  location: [{ header: "Location", cell: ({ locationName }) => locationName }, city],
  city: [city],
  region: [{ header: "Region", cell: ({ region }) => region ?? "" }],
  client: [{ header: "Client", cell: ({ clientName }) => clientName }],
  company: [{ header: "Company", cell: ({ companyName }) => companyName }],
  post: [{ header: "Post", cell: ({ post }) => post }],
  headcount: [{ header: "Guards needed", cell: ({ headcount }) => headcount }],
  rate: [{ header: "Rate (EUR an hour)", cell: ({ hourlyRate }) => hourlyRate.toFixed(2) }],
  checkins: [{ header: "Check-ins", cell: ({ checkinCount }) => checkinCount }],
  last: [
    { header: "Last check-in", cell: ({ lastCheckinAt }) => instant(lastCheckinAt) },
    { header: "Verdict", cell: ({ lastVerdict }) => lastVerdict ?? "" },
  ],
  updated: [{ header: "Changed", cell: ({ updatedAt }) => instant(updatedAt) }],
  id: [{ header: "Number", cell: ({ id }) => id }],
};

/** The columns of the file for those of the table, in their order, each once. */
export function listCsvColumns(chosen: readonly ColumnId[]): CsvColumn[] {
  return [...new Set(chosen.flatMap((id) => csvColumns[id]))];
}
