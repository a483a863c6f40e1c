import { Badge, type Severity } from "~/ui/badge";
import { formatSeconds } from "~/ui/format";
import type { JobRun } from "../../db/operations/list-job-states";

const severities: Record<NonNullable<JobRun["outcome"]>, Severity> = {
  done: "ok",
  failed: "critical",
  lost: "warning",
  released: "notice",
};

/** How a run ended and how long it took; one without an end is running. */
export function RunOutcome({ run }: { run: JobRun }) {
  if (!run.outcome || !run.endedAt) return <Badge severity="notice">running</Badge>;
  const seconds = (run.endedAt.getTime() - run.startedAt.getTime()) / 1000;
  return (
    <span className="inline-flex items-center gap-2">
      <Badge severity={severities[run.outcome]}>{run.outcome}</Badge>
      <span className="text-muted">in {formatSeconds(seconds)}</span>
    </span>
  );
}
