import { consoleDatabase, securyflex } from "../../db/connections";
import { recordAuditEvent } from "../../db/console/record-audit-event";
import { countShifts } from "../../db/shifts/count-shifts";
import { listShiftChoices } from "../../db/shifts/list-shift-choices";
import { mostGathered } from "../../db/shifts/list-shifts";
import type { PlainAnswer } from "../http/plain-answers.server";
import { refuse } from "../http/refusal.server";
import { type CsvFile, sendCsv } from "../http/send-csv.server";
import { describeFilter, describeOrder } from "./describe-search";
import { findFilter } from "./find-filter.server";
import { readShiftSearch, type ShiftSearch } from "./shift-search";
import { type CsvQuestion, tellShiftsAsCsv } from "./shifts-csv.server";

/**
 * All shifts that match as CSV, to who may export. An address that cannot be meant whole is refused, for a file must
 * not hold other shifts than were asked for. That it began and how it ended is on record.
 */
export const shiftsCsv: PlainAnswer = {
  path: "/shifts.csv",
  permission: "shifts.export",
  answer: async (req, res, signedIn) => {
    const asOf = new Date();
    const search = readShiftSearch(new URL(req.originalUrl, "http://console.invalid").searchParams, asOf);
    if (search.problems.length > 0) {
      const message = "A filter, the order or a column of the address cannot be read. The list of shifts says which.";
      refuse(req, res, { status: 400, title: "Nothing was exported", message });
      return;
    }
    const by = { staffId: signedIn.staff.id, requestId: res.locals.requestId ?? null };
    await sendCsv(req, res, signedIn, { name: "shifts", asOf, open: () => openFile({ search, asOf, by }) });
  },
};

type Asked = { search: ShiftSearch; asOf: Date; by: { staffId: string; requestId: string | null } };

async function openFile({ search, asOf, by }: Asked): Promise<CsvFile> {
  const db = securyflex("console_read");
  const [choices, filter] = await Promise.all([listShiftChoices(db), findFilter(db, search)]);
  const count = await countShifts(db, { filter, most: null });
  const filterText = describeFilter(search, choices);
  const question: CsvQuestion = {
    ...{ search, filter, filterText, sort: search.sort, count, asOf },
    isFew: count <= mostGathered(filter),
  };
  const told = { filter: filterText, order: describeOrder(search.sort), columns: search.columns, matched: count };
  return {
    tell: (onRows) => tellShiftsAsCsv(db, question, onRows),
    record: (outcome, rows, reason) =>
      recordAuditEvent(consoleDatabase(), {
        ...by,
        action: "shifts.export",
        target: "shifts",
        outcome,
        reason: reason ?? null,
        details: { ...told, rows },
      }),
  };
}
