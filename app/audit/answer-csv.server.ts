import { consoleDatabase } from "../../db/connections";
import { type AuditFilter, type AuditRecord, listAuditEvents } from "../../db/console/list-audit-events";
import { recordAuditEvent } from "../../db/console/record-audit-event";
import type { PlainAnswer } from "../http/plain-answers.server";
import { refuse } from "../http/refusal.server";
import { sendCsv } from "../http/send-csv.server";
import { byteOrderMark, csvLine, isoInZone } from "../ui/csv-text";
import { defaultZone } from "../ui/format-instant";
import { complainOf, readTrailSearch, type TrailSearch } from "./trail-search";

const eventsAtOnce = 1_000;

const columns: Record<string, (event: AuditRecord) => string | number> = {
  Event: ({ id }) => id,
  Time: ({ at }) => isoInZone(at, defaultZone),
  Outcome: ({ outcome }) => outcome,
  Action: ({ action }) => action,
  Person: ({ staffName }) => staffName ?? "",
  Email: ({ staffEmail }) => staffEmail ?? "",
  Target: ({ target }) => target ?? "",
  Reason: ({ reason }) => reason ?? "",
  Request: ({ requestId }) => requestId ?? "",
  Details: ({ details }) => JSON.stringify(details),
};

/** Every event that matches as CSV, newest first. That it was taken is an event itself. */
export const auditCsv: PlainAnswer = {
  path: "/audit.csv",
  permission: "audit.read",
  answer: async (req, res, signedIn) => {
    const asOf = new Date();
    const asked = new URL(req.originalUrl, "http://console.invalid").searchParams;
    const complaint = complainOf(asked);
    if (complaint) {
      refuse(req, res, { status: 400, title: "Nothing was exported", message: complaint });
      return;
    }
    const search = readTrailSearch(asked);
    const { since: _, before: __, ...filter } = { ...search.filter, from: search.from, until: search.until };
    await sendCsv(req, res, signedIn, {
      name: "audit",
      asOf,
      open: async () => ({
        tell: (onRows) => tellEvents(search, asOf, onRows),
        record: (outcome, rows, reason) =>
          recordAuditEvent(consoleDatabase(), {
            staffId: signedIn.staff.id,
            action: "audit.export",
            target: "audit",
            outcome,
            reason: reason ?? null,
            details: { filter, rows },
            requestId: res.locals.requestId ?? null,
          }),
      }),
    });
  },
};

async function* tellEvents(
  { filter, from, until }: TrailSearch,
  asOf: Date,
  onRows: (rowCount: number) => void,
): AsyncGenerator<string> {
  const { action, person, outcome, text } = filter;
  const words = Object.entries({ action, person, outcome, text, from, until }).filter(([, value]) => value);
  const preamble = [
    ["SecuryFlex audit trail"],
    ["Exported", isoInZone(asOf, defaultZone)],
    ["Time zone", `${defaultZone}; each time carries its offset`],
    ["Filter", words.map(([name, value]) => `${name} ${value}`).join(", ") || "none"],
    [],
    Object.keys(columns),
  ];
  yield byteOrderMark + preamble.map(csvLine).join("");
  // What comes while it is written, its own record too, is not in the file.
  const upToNow: AuditFilter = { ...filter, before: filter.before && filter.before < asOf ? filter.before : asOf };
  let rowCount = 0;
  let beforeId: number | undefined;
  do {
    const batch = await listAuditEvents(consoleDatabase(), { filter: upToNow, beforeId, limit: eventsAtOnce });
    rowCount += batch.length;
    onRows(rowCount);
    yield batch.map((event) => csvLine(Object.values(columns).map((cell) => cell(event)))).join("");
    beforeId = batch.length === eventsAtOnce ? batch.at(-1)?.id : undefined;
  } while (beforeId !== undefined);
  yield csvLine([]) + csvLine(["End of export", rowCount]);
}
