import type { SlaReport } from "../../console/sla-reports";
import type { Report } from "../../rules/sla/report/report";
import type { Sheet } from "../../rules/sla/report/sheet";
import { sheetHtml } from "../../rules/sla/report/sheet-html";
import { tellSheet } from "../../rules/sla/report/tell-sheet";
import type { Browser } from "./browser";
import { printPdf } from "./print-pdf";
import { readReportFonts } from "./read-font";

export type KeptDocument = Pick<SlaReport, "document" | "digest" | "factsAsOf">;

/** A kept report in words. */
export const sheetOf = ({ document, digest }: KeptDocument): Sheet => tellSheet(JSON.parse(document) as Report, digest);

/** As a page that stands by itself. */
export const htmlOf = (report: KeptDocument): string => sheetHtml(sheetOf(report), readReportFonts());

/** As a PDF, the same to the byte each time. Throws PdfFailure. */
export const pdfOf = (browser: Browser, report: KeptDocument, signal?: AbortSignal): Promise<Buffer> =>
  printPdf(browser, htmlOf(report), { at: report.factsAsOf, ...(signal ? { signal } : {}) });
