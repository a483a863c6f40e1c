import { byteOrderMark, csvLine } from "~/ui/csv-text";
import { consoleDatabase } from "../../../db/connections";
import type { SlaReport } from "../../../db/console/sla-reports";
import type { Sheet } from "../../../db/rules/sla/report/sheet";
import { findBrowser } from "../../../db/sla/report/browser";
import { reportFileName } from "../../../db/sla/report/file-name";
import { getReport } from "../../../db/sla/report/list-reports";
import { PdfFailure } from "../../../db/sla/report/print-pdf";
import { pdfOf, sheetOf } from "../../../db/sla/report/print-report";
import type { PlainAnswer, SignedInAnswer } from "../../http/plain-answers.server";
import { recordExport } from "../../http/record-export.server";
import { refuse } from "../../http/refusal.server";

type Made = {
  type: string;
  ending: string;
  make: (report: SlaReport, signal: AbortSignal) => Promise<Buffer | string>;
};

/** A kept report as a file, the same to the byte each time; that it was taken is on record. */
export const reportFiles: readonly PlainAnswer[] = [
  {
    path: "/sla/reports/:reportId.pdf",
    permission: "sla.read",
    answer: answerBy({
      type: "application/pdf",
      ending: "pdf",
      make: (report, signal) => pdfOf(findBrowser(), report, signal),
    }),
  },
  {
    path: "/sla/reports/:reportId.csv",
    permission: "sla.read",
    answer: answerBy({ type: "text/csv; charset=utf-8", ending: "csv", make: async (one) => sheetCsv(sheetOf(one)) }),
  },
];

function answerBy({ type, ending, make }: Made): SignedInAnswer["answer"] {
  return async (req, res, signedIn) => {
    const id = req.params.reportId ?? "";
    const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
    const report = isId ? await getReport(consoleDatabase(), id) : undefined;
    if (!report) return refuse(req, res, { status: 404, title: "Not found", message: "There is no such report." });
    const headers = {
      "Content-Type": type,
      "Content-Disposition": `attachment; filename="${reportFileName(report)}.${ending}"`,
      "Cache-Control": "private, no-store",
    };
    if (req.method === "HEAD") return void res.set(headers).end();
    const closing = new AbortController();
    res.once("close", () => closing.abort());
    const file = await make(report, closing.signal).catch((error: unknown) => {
      if (error instanceof PdfFailure) return error;
      if (closing.signal.aborted) return undefined;
      throw error;
    });
    if (file === undefined) return;
    if (file instanceof PdfFailure) {
      return refuse(req, res, {
        status: 503,
        title: "No PDF was made",
        message: `${file.message} Print the page instead.`,
      });
    }
    const told = { file: ending, client: report.clientId, from: report.fromOn, until: report.untilOn };
    await recordExport(res, signedIn, { action: "sla.export", target: `sla-report:${report.id}`, told })("done", null);
    res.set(headers).send(file);
  };
}

/** All that the sheet says, table after table. */
export function sheetCsv({ title, notice, lines, tables, notes }: Sheet): string {
  const rows: string[][] = [
    [title],
    ...(notice ? [[notice]] : []),
    ...lines.map(({ label, value }) => [label, value]),
    ...tables.flatMap((table) => [
      [],
      [table.title],
      ...(table.rows.length > 0 ? [table.columns.map(({ label }) => label), ...table.rows] : [[table.empty]]),
    ]),
    [],
    ...notes.map((note) => [note]),
  ];
  return byteOrderMark + rows.map(csvLine).join("");
}
