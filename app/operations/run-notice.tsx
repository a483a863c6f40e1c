import { Link } from "@remix-run/react";

import { useRefresh } from "~/ui/use-refresh";
import type { AskedRun } from "./run.server";
import { StateBadge } from "./run-badges";

/** How a run stands that this page asked for; the page is read again until it has ended. */
export function RunNotice({ run }: { run: AskedRun }) {
  return (
    <section
      aria-label="Run"
      aria-live="polite"
      className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-line bg-raised px-4 py-2"
    >
      {run.endedAt === null && <Refresh />}
      <StateBadge state={run.state} />
      {run.outcome && <span className="min-w-0 flex-1">{run.outcome}</span>}
      <Link to={`/operations/${run.id}`} className="text-muted underline decoration-line-strong hover:text-ink">
        The run
      </Link>
    </section>
  );
}

function Refresh() {
  useRefresh(1);
  return null;
}
