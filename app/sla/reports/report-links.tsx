import { buttonClass } from "~/ui/button";
import type { Browser } from "../../../db/sla/report/browser";

/** The report as files; without Chromium there is no PDF. */
export function ReportLinks({ id, name, browser }: { id: string; name: string; browser: Browser }) {
  const look = buttonClass({ tone: "quiet", size: "sm" });
  return (
    <>
      {"path" in browser && (
        <a href={`/sla/reports/${id}.pdf`} className={look} aria-label={`${name} as PDF`}>
          PDF
        </a>
      )}
      <a href={`/sla/reports/${id}.csv`} className={look} aria-label={`${name} as CSV`}>
        CSV
      </a>
    </>
  );
}
