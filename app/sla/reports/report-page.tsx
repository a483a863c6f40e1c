import { Badge } from "~/ui/badge";
import { Button, ButtonLink } from "~/ui/button";
import { Page } from "~/ui/page";
import { Time } from "~/ui/time";
import { slaSearch } from "../sla-question";
import type { ReportRead } from "./read-reports.server";
import { ReportLinks } from "./report-links";
import { SheetView } from "./sheet-view";

/** One kept report, to read and to print. */
export function ReportPage({ read: { report, sheet, isSame, browser } }: { read: ReportRead }) {
  return (
    <Page
      title={sheet.title}
      description={`${report.fromOn} to ${report.untilOn}`}
      age={
        <>
          Made <Time at={report.madeAt} />
        </>
      }
      actions={
        <div className="flex flex-wrap items-center gap-2 print:hidden">
          <Badge severity={isSame ? "ok" : "critical"}>
            {isSame ? "made again: the same to the byte" : "made again: differs"}
          </Badge>
          <Button onClick={() => window.print()}>Print</Button>
          <ReportLinks id={report.id} name={sheet.title} browser={browser} />
          <ButtonLink
            to={`/sla${slaSearch({
              period: { from: report.fromOn, until: report.untilOn },
              filter: { clientId: report.clientId },
            })}`}
            tone="quiet"
          >
            Numbers now
          </ButtonLink>
          <ButtonLink to="/sla/reports" tone="quiet">
            All reports
          </ButtonLink>
        </div>
      }
    >
      {!isSame && (
        <p role="alert" className="rounded-md bg-critical-soft px-3 py-2 text-critical print:hidden">
          What is kept is shown. The facts of then tell something else by the rules of this version of the console.
        </p>
      )}
      {"reason" in browser && <p className="text-muted print:hidden">{browser.reason}</p>}
      <SheetView sheet={sheet} />
    </Page>
  );
}
