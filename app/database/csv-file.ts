import { byteOrderMark, csvLine, isoInZone } from "~/ui/csv-text";
import { defaultZone } from "~/ui/format-instant";

export type CsvValue = string | number;
export type CsvColumn<Row> = { header: string; cell: (row: Row) => CsvValue };

/**
 * What the file holds, the header, the rows, and how many there were; a file without that last line is torn. `onRows`
 * is told how many rows have been written.
 */
export async function* tellFile<Row>(
  file: { preamble: CsvValue[][]; columns: readonly CsvColumn<Row>[]; batches: AsyncIterable<Row[]> },
  onRows: (rowCount: number) => void,
): AsyncGenerator<string> {
  const { preamble, columns, batches } = file;
  yield byteOrderMark + [...preamble, [], columns.map(({ header }) => header)].map(csvLine).join("");
  let rowCount = 0;
  for await (const batch of batches) {
    rowCount += batch.length;
    onRows(rowCount);
    yield batch.map((row) => csvLine(columns.map(({ cell }) => cell(row)))).join("");
  }
  yield csvLine([]) + csvLine(["End of export", rowCount]);
}

/** The lines with which each file of the room begins. */
export function describeFile(title: string, asOf: Date): CsvValue[][] {
  return [
    [`SecuryFlex ${title}`],
    ["Exported", instant(asOf)],
    ["Time zone", `${defaultZone}; each time carries its offset`],
    ["Unknown", "an empty cell"],
  ];
}

export function instant(at: Date): string {
  return isoInZone(at, defaultZone);
}

/** What stands in memory, in the portions in which it is written. */
export async function* inBatches<Row>(rows: readonly Row[]): AsyncGenerator<Row[]> {
  for (let first = 0; first < rows.length; first += 1_000) yield rows.slice(first, first + 1_000);
}
