import { type Column, DataTable } from "~/ui/table";
import { Age } from "~/ui/time";
import type { JobState } from "../../db/operations/list-job-states";
import { RunOutcome } from "./run-outcome";

const columns: Column<JobState>[] = [
  {
    id: "title",
    header: "Job",
    isFilling: true,
    cell: ({ title, purpose, lastRun }) => (
      <>
        <p className="font-medium">{title}</p>
        <p className="text-xs text-muted">{purpose}</p>
        {lastRun?.note && <p className="text-xs">{lastRun.note}</p>}
      </>
    ),
  },
  {
    id: "outcome",
    header: "Last run",
    cell: ({ lastRun }) => (lastRun ? <RunOutcome run={lastRun} /> : <span className="text-muted">never ran</span>),
  },
  { id: "at", header: "Began", cell: ({ lastRun }) => <Age at={lastRun?.startedAt ?? null} /> },
  { id: "next", header: "Next run", cell: ({ nextRunAt }) => <Age at={nextRunAt} /> },
  {
    id: "schedule",
    header: "Schedule",
    isWideOnly: true,
    cell: ({ schedule }) => <code className="font-mono text-xs">{schedule}</code>,
  },
];

export function JobsTable({ jobs }: { jobs: JobState[] }) {
  return <DataTable caption="Jobs of the worker" rows={jobs} columns={columns} rowId={({ id }) => id} empty={null} />;
}
