import { useFetcher, useRevalidator } from "@remix-run/react";
import { useEffect, useRef } from "react";

import { ButtonLink } from "~/ui/button";
import type { loader } from "../routes/shifts.run.$runId";
import { StateBadge } from "./run-badges";

const everyMs = 400;
const freshMs = 10_000;

/** The page may have been read just before it ended. */
function isFresh(endedAt: Date | null): boolean {
  return endedAt !== null && Date.now() - +endedAt < freshMs;
}

/** What became of the change of a shift that was asked for last, until it has ended; then the page is read again. */
export function ChangeNotice({ runId, shiftId }: { runId: string; shiftId: number }) {
  const { load, data: run, state } = useFetcher<typeof loader>({ key: `change-${runId}` });
  const { revalidate } = useRevalidator();
  /** Null while nothing was heard of it. */
  const wasOpen = useRef<boolean | null>(null);
  useEffect(() => {
    if (state !== "idle") return;
    if (run && !run.isOpen) {
      if (wasOpen.current ?? isFresh(run.endedAt)) revalidate();
      wasOpen.current = false;
      return;
    }
    if (run) wasOpen.current = true;
    const timer = setTimeout(() => load(`/shifts/run/${runId}`), run ? everyMs : 0);
    return () => clearTimeout(timer);
  }, [run, state, runId, load, revalidate]);
  return (
    <section
      aria-label="Change"
      aria-live="polite"
      className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-line bg-raised px-4 py-2"
    >
      {run ? <StateBadge state={run.state} /> : <span className="text-muted">Reading the change</span>}
      {run?.outcome && <span className="min-w-0 flex-1">{run.outcome}</span>}
      {run?.isOpen && !run.hasWorker && <span>No worker is alive; it begins when one is.</span>}
      {run?.mayUndo && (
        <ButtonLink size="sm" to={`/shifts/${shiftId}/change/undo-reassignment?run=${runId}`} aria-keyshortcuts="u">
          Undo
        </ButtonLink>
      )}
      {run?.state === "done" && run.operation === "offer-shift" && (
        <ButtonLink size="sm" to={`/shifts/${shiftId}/change/withdraw-offer?shift=${shiftId}`} aria-keyshortcuts="u">
          Withdraw
        </ButtonLink>
      )}
      {run && !run.isOpen && run.state !== "done" && (
        <ButtonLink size="sm" to={`/shifts/${shiftId}/replace`}>
          Look at it again
        </ButtonLink>
      )}
    </section>
  );
}
