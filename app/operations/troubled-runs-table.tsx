import { EmptyState } from "~/ui/empty-state";
import { type Column, DataTable } from "~/ui/table";
import { Age, Time } from "~/ui/time";
import type { JobRun } from "../../db/operations/list-job-states";
import { RunOutcome } from "./run-outcome";

const columns: Column<JobRun>[] = [
  { id: "began", header: "Began", cell: ({ startedAt }) => <Age at={startedAt} /> },
  { id: "job", header: "Job", cell: ({ job }) => <code className="font-mono text-xs">{job}</code> },
  { id: "outcome", header: "Outcome", cell: (run) => <RunOutcome run={run} /> },
  { id: "note", header: "Why", isFilling: true, cell: ({ note }) => note ?? "not known" },
  { id: "slot", header: "Slot", isWideOnly: true, cell: ({ slot }) => <Time at={slot} style="stamp" /> },
  { id: "attempt", header: "Attempt", align: "end", isWideOnly: true, cell: ({ attempt }) => attempt },
];

export function TroubledRunsTable({ runs }: { runs: JobRun[] }) {
  return (
    <DataTable
      caption="Runs that failed or were lost, newest first"
      rows={runs}
      columns={columns}
      rowId={({ id }) => id}
      empty={
        <EmptyState title="No run failed in 7 days">Runs that fail, or whose process dies, are listed here.</EmptyState>
      }
    />
  );
}
