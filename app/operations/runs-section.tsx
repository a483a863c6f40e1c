import { ButtonLink } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { SelectField } from "~/ui/field";
import { FilterForm } from "~/ui/filter-form";
import { Section } from "~/ui/page";
import { type Column, DataTable } from "~/ui/table";
import { Age } from "~/ui/time";
import type { ListedRun } from "../../db/operations/runs/list-runs";
import { OfferedOperations } from "./offered-operations";
import type { OperationsRead } from "./read-operations.server";
import { StateBadge } from "./run-badges";

const columns: Column<ListedRun>[] = [
  {
    id: "operation",
    header: "Operation",
    cell: ({ operation }) => <code className="font-mono text-xs">{operation}</code>,
  },
  { id: "target", header: "Target", cell: ({ target }) => <span className="block max-w-72 truncate">{target}</span> },
  { id: "state", header: "State", cell: ({ state }) => <StateBadge state={state} /> },
  { id: "asked", header: "Asked", cell: ({ requestedAt }) => <Age at={requestedAt} /> },
  { id: "by", header: "By", isWideOnly: true, cell: ({ requesterName }) => requesterName ?? "the schedule" },
  {
    id: "outcome",
    header: "Outcome",
    isFilling: true,
    isWideOnly: true,
    cell: ({ outcome }) => <span className="line-clamp-1">{outcome ?? "not yet"}</span>,
  },
];

const states = [
  "awaiting approval",
  "queued",
  "running",
  "done",
  "partly done",
  "failed",
  "cancelled",
  "lapsed",
  "interrupted",
] as const satisfies readonly ListedRun["state"][];

/** What was asked for, newest first, and where to ask for more. */
export function RunsSection({ runs, filter, offered }: Pick<OperationsRead, "runs" | "filter" | "offered">) {
  const isFiltered = Boolean(filter.operation || filter.state);
  return (
    <>
      <OfferedOperations offered={offered} />
      <FilterForm clearTo={isFiltered ? "/operations" : null}>
        <SelectField
          label="Operation"
          name="operation"
          fieldClassName="w-60 max-md:w-full"
          defaultValue={filter.operation ?? ""}
          options={[{ value: "", label: "All" }, ...offered.map(({ id, title }) => ({ value: id, label: title }))]}
        />
        <SelectField
          label="State"
          name="state"
          fieldClassName="w-44 max-md:w-full"
          defaultValue={filter.state ?? ""}
          options={[{ value: "", label: "All" }, ...states.map((state) => ({ value: state, label: state }))]}
        />
      </FilterForm>
      <Section title="Runs" note="the newest 50" flush>
        <DataTable
          caption="Runs of operations, newest first"
          rows={runs}
          columns={columns}
          rowId={({ id }) => id}
          rowHref={({ id }) => `/operations/${id}`}
          sortKey="runs"
          empty={
            isFiltered ? (
              <EmptyState title="No run matches" action={<ButtonLink to="/operations">Show all runs</ButtonLink>}>
                Nothing that was asked for has all of what you chose.
              </EmptyState>
            ) : (
              <EmptyState title="Nothing was asked for yet">
                Each run of an operation stands here with its plan, its log and its proof.
              </EmptyState>
            )
          }
        />
      </Section>
    </>
  );
}
