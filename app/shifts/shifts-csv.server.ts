import { byteOrderMark, csvLine, isoInZone } from "~/ui/csv-text";
import type { Database } from "../../db/connections";
import { type ListedShift, listShifts, type ShiftPageQuestion } from "../../db/shifts/list-shifts";
import { listCsvColumns } from "./csv-columns";
import { describeOrder } from "./describe-search";
import { type ShiftSearch, searchZone } from "./shift-search";

export type CsvQuestion = Omit<ShiftPageQuestion, "beside" | "limit"> & {
  search: ShiftSearch;
  filterText: string;
  /** How many matched when it began. */
  count: number;
  asOf: Date;
};

const shiftsAtOnce = 1_000;

/**
 * All that match as a file, some hundred KiB at a time: what it holds, the header, the shifts, and how many there were.
 * A file without that last line is torn. Each batch is a question of its own and begins where the last one ended, so
 * that no transaction waits for a slow reader. `onRows` is told how many shifts have been written.
 */
export async function* tellShiftsAsCsv(
  db: Database,
  { search, filterText, count, asOf, ...question }: CsvQuestion,
  onRows: (rowCount: number) => void = () => {},
): AsyncGenerator<string> {
  const columns = listCsvColumns(search.columns);
  const preamble: (string | number)[][] = [
    ["SecuryFlex shifts"],
    ["Exported", isoInZone(asOf, searchZone)],
    ["Time zone", `${searchZone}; each time carries its offset`],
    ["Filter", filterText],
    ["Order", describeOrder(search.sort)],
    ["Shifts that matched", count],
    [],
    columns.map(({ header }) => header),
  ];
  yield byteOrderMark + preamble.map(csvLine).join("");
  let rowCount = 0;
  let last: ListedShift | undefined;
  do {
    const beside = last && { side: "after" as const, position: last.position };
    const batch = await listShifts(db, { ...question, beside, limit: shiftsAtOnce });
    rowCount += batch.length;
    onRows(rowCount);
    yield batch.map((shift) => csvLine(columns.map(({ cell }) => cell(shift)))).join("");
    last = batch.length === shiftsAtOnce ? batch.at(-1) : undefined;
  } while (last);
  yield csvLine([]) + csvLine(["End of export", rowCount]);
}
