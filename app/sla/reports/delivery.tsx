import { Link } from "@remix-run/react";

import { Badge } from "~/ui/badge";
import { Age } from "~/ui/time";
import type { ReportsRead } from "./read-reports.server";

type Shown = ReportsRead["reports"][number];

type Read = Pick<ReportsRead, "ways" | "mayRetry">;

/** How a report left the console, by each way that is set or was taken. */
export function ReportDelivery({ report, read }: { report: Shown; read: Read }) {
  const { isSent, message, filedAt, filingFailure } = report;
  const { hasWebhook, directory } = read.ways;
  const byWebhook = hasWebhook || message !== null;
  const toFolder = directory !== null || filedAt !== null || filingFailure !== null;
  if (!isSent) return <span className="text-muted">stays here</span>;
  if (!byWebhook && !toFolder) return <Badge severity="unknown">not configured</Badge>;
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      {byWebhook && <ByWebhook message={message} mayRetry={read.mayRetry} />}
      {toFolder && <ToFolder report={report} />}
    </span>
  );
}

function ByWebhook({ message, mayRetry }: { message: Shown["message"]; mayRetry: boolean }) {
  if (!message) return <Badge severity="notice">webhook: waits</Badge>;
  if (message.state === "delivered") return <Badge severity="ok">webhook: delivered</Badge>;
  const isOver = message.state === "dead" || message.state === "lapsed";
  return (
    <>
      <Badge severity={message.state === "dead" ? "critical" : isOver ? "unknown" : "notice"}>
        webhook: {isOver ? message.state : message.attempts > 0 ? "failed, waits" : "waits"}
      </Badge>
      {message.failure && <span className="whitespace-normal text-muted">{message.failure}</span>}
      {isOver && mayRetry && (
        <Link
          className="text-accent underline underline-offset-2"
          to={`/operations/new/retry-delivery?delivery=${message.id}`}
        >
          Send again
        </Link>
      )}
    </>
  );
}

function ToFolder({ report: { filedAt, fileName, filingFailure } }: { report: Shown }) {
  if (filedAt) {
    return (
      <span title={fileName ?? undefined}>
        <Badge severity="ok">folder: filed</Badge> <Age at={filedAt} />
      </span>
    );
  }
  if (filingFailure) {
    return (
      <>
        <Badge severity="critical">folder: failed</Badge>
        <span className="whitespace-normal text-muted">{filingFailure}</span>
      </>
    );
  }
  return <Badge severity="notice">folder: waits</Badge>;
}
