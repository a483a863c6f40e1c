import { csvLine } from "~/ui/csv-text";
import type { ConsoleDatabase } from "../../../db/connections";
import { listSlaShifts, type SlaShift } from "../../../db/sla/list-sla-shifts";
import type { SlaAddress } from "../sla-question";
import { tellPreamble } from "./preamble.server";
import { shiftColumns } from "./shift-cells";
import type { ShiftsQuestion } from "./shifts-address";

const shiftsAtOnce = 1_000;

/**
 * Every shift of the question with all its facts, some hundred KiB at a time, and at last how many there were; a file
 * without that line is torn. Each batch begins where the last one ended. `onRows` is told how many have been written.
 */
export async function* tellShifts(
  db: ConsoleDatabase,
  { asOf, address, question }: { asOf: Date; address: SlaAddress; question: ShiftsQuestion },
  onRows: (rowCount: number) => void = () => {},
): AsyncGenerator<string> {
  const asked = [["Shifts", describeQuestion(question)]];
  yield await tellPreamble(db, { title: "shifts of the SLA room", asOf, address, asked });
  yield csvLine(shiftColumns.map(({ header }) => header));
  const { filter, period } = address;
  const { metric, part, group } = question;
  let rowCount = 0;
  let last: SlaShift | undefined;
  do {
    const batch = await listSlaShifts(db, {
      ...{ filter, period, part, limit: shiftsAtOnce },
      ...(metric ? { metric } : {}),
      ...(group ? { group } : {}),
      ...(last ? { after: last } : {}),
    });
    rowCount += batch.length;
    onRows(rowCount);
    yield batch.map((shift) => csvLine(shiftColumns.map(({ cell }) => cell(shift)))).join("");
    last = batch.length === shiftsAtOnce ? batch.at(-1) : undefined;
  } while (last);
  yield csvLine([]) + csvLine(["End of export", rowCount]);
}

export function describeQuestion({ metric, part, group }: ShiftsQuestion): string {
  const of = metric ? `${part} of ${metric}` : "all";
  return group ? `${of}; ${group.by} ${group.key}` : of;
}
