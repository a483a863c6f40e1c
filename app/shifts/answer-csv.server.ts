import type { Response } from "express";
import { isoInZone } from "~/ui/csv-text";
import { consoleDatabase, securyflex } from "../../db/connections";
import { recordAuditEvent } from "../../db/console/record-audit-event";
import { countShifts } from "../../db/shifts/count-shifts";
import { listShiftChoices } from "../../db/shifts/list-shift-choices";
import { mostGathered } from "../../db/shifts/list-shifts";
import type { SignedIn } from "../auth/signed-in";
import { openStream } from "../http/open-streams.server";
import type { PlainAnswer } from "../http/plain-answers.server";
import { refuse } from "../http/refusal.server";
import { StreamEnded, writeChunks } from "../http/write-chunks.server";
import { describeFilter, describeOrder } from "./describe-search";
import { findFilter } from "./find-filter.server";
import { readShiftSearch, type ShiftSearch, searchZone } from "./shift-search";
import { type CsvQuestion, tellShiftsAsCsv } from "./shifts-csv.server";

const exportsAtOnce = 4;
const stallSeconds = 60;
let underWay = 0;

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
    } else if (req.method === "HEAD") {
      res.set(headersOf(asOf)).end();
    } else if (underWay >= exportsAtOnce) {
      const message = `${exportsAtOnce} exports are under way. Try again when one has ended.`;
      refuse(req, res, { status: 503, title: "Nothing was exported", message, retryAfterSeconds: 20 });
    } else {
      underWay += 1;
      try {
        await send(res, signedIn, { search, asOf });
      } finally {
        underWay -= 1;
      }
    }
  },
};

async function send(res: Response, signedIn: SignedIn, asked: { search: ShiftSearch; asOf: Date }) {
  const { search, asOf } = asked;
  const db = securyflex("console_read");
  const [choices, filter] = await Promise.all([listShiftChoices(db), findFilter(db, search)]);
  const count = await countShifts(db, { filter, most: null });
  const filterText = describeFilter(search, choices);
  const question: CsvQuestion = {
    ...{ search, filter, filterText, sort: search.sort, count, asOf },
    isFew: count <= mostGathered(filter),
  };
  const record = (outcome: "intent" | "done" | "failed", rows: number | null, reason: string | null = null) =>
    recordAuditEvent(consoleDatabase(), {
      staffId: signedIn.staff.id,
      action: "shifts.export",
      target: "shifts",
      outcome,
      reason,
      details: { filter: filterText, order: describeOrder(search.sort), columns: search.columns, matched: count, rows },
      requestId: res.locals.requestId ?? null,
    });
  await record("intent", null);
  const stream = openStream({ sessionId: signedIn.session.id, staffId: signedIn.staff.id });
  res.once("close", stream.close);
  res.locals.releaseSlot?.();
  res.set(headersOf(asOf));
  let written = 0;
  try {
    const chunks = tellShiftsAsCsv(db, question, (rows) => {
      written = rows;
    });
    await writeChunks(res, chunks, { signal: stream.signal, stallSeconds });
  } catch (error) {
    // Without the last chunk the browser, and without the last line the reader, knows that it is torn.
    res.destroy();
    const reason = error instanceof StreamEnded ? error.message : "The shifts could not be read to the end.";
    await record("failed", written, reason);
    if (error instanceof StreamEnded) return;
    throw error;
  }
  res.end();
  await record("done", written);
}

function headersOf(asOf: Date): Record<string, string> {
  const stamp = isoInZone(asOf, searchZone).slice(0, 16).replace("T", "-").replace(":", "");
  return {
    "Content-Type": "text/csv; charset=utf-8",
    "Content-Disposition": `attachment; filename="shifts-${stamp}.csv"`,
    "X-Content-Type-Options": "nosniff",
  };
}
