import { Badge, type Severity } from "~/ui/badge";
import { EmptyState } from "~/ui/empty-state";
import { type Column, DataTable } from "~/ui/table";
import { Age } from "~/ui/time";
import type { WorkerInstance } from "../../db/operations/list-job-states";

const severities: Record<WorkerInstance["state"], Severity> = { alive: "ok", stopped: "neutral", silent: "warning" };

const columns: Column<WorkerInstance>[] = [
  {
    id: "host",
    header: "Process",
    isFilling: true,
    cell: ({ host, pid }) => (
      <>
        {host} <span className="text-muted">pid {pid}</span>
      </>
    ),
  },
  { id: "state", header: "State", cell: ({ state }) => <Badge severity={severities[state]}>{state}</Badge> },
  { id: "started", header: "Started", cell: ({ startedAt }) => <Age at={startedAt} /> },
  { id: "seen", header: "Last seen", cell: ({ lastSeenAt }) => <Age at={lastSeenAt} /> },
];

export function InstancesTable({ instances }: { instances: WorkerInstance[] }) {
  return (
    <DataTable
      caption="Processes that take jobs, last seen first"
      rows={instances}
      columns={columns}
      rowId={({ id }) => id}
      empty={
        <EmptyState title="No worker has been seen in 24 hours">
          Nothing is sampled and nothing is cleaned up. It runs inside the console, or by itself with npm run worker.
        </EmptyState>
      }
    />
  );
}
