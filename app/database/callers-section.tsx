import { EmptyState } from "~/ui/empty-state";
import { formatCount, formatSeconds } from "~/ui/format";
import { Section } from "~/ui/page";
import { type Column, DataTable } from "~/ui/table";
import type { PlanRead } from "./statement-plan.server";

type Callers = PlanRead["callers"];
type Caller = Exclude<Callers, string>[number];

const columns: Column<Caller>[] = [
  {
    id: "application",
    header: "Application",
    isFilling: true,
    cell: ({ applicationName }) => applicationName || "gives no name",
  },
  { id: "user", header: "User", cell: ({ userName }) => userName },
  { id: "running", header: "Running now", align: "end", cell: ({ runningCount }) => formatCount(runningCount) },
  { id: "resting", header: "Ran it last", align: "end", cell: ({ restingCount }) => formatCount(restingCount) },
  {
    id: "longest",
    header: "Longest",
    align: "end",
    isWideOnly: true,
    cell: ({ longestSeconds }) => (longestSeconds === null ? "none runs" : formatSeconds(longestSeconds)),
  },
];

/** The applications whose sessions run the statement, or ran it last; a sentence where that could not be read. */
export function CallersSection({ callers }: { callers: Callers }) {
  return (
    <Section title="Sessions" note="that run it, or ran it last, at this moment" flush>
      {typeof callers === "string" ? (
        <EmptyState title="Unknown, which is not fine">{callers}</EmptyState>
      ) : (
        <DataTable
          caption="Sessions that run the statement"
          rows={callers}
          columns={columns}
          rowId={({ applicationName, userName }) => `${applicationName} ${userName}`}
          sortKey="callers-sort"
          empty={<EmptyState title="No session runs it, nor ran it last" />}
        />
      )}
    </Section>
  );
}
