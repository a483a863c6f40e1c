import { Link } from "@remix-run/react";

import { Badge } from "~/ui/badge";
import { ButtonLink } from "~/ui/button";
import { formatCount } from "~/ui/format";
import { Section } from "~/ui/page";
import { type Column, DataTable } from "~/ui/table";
import type { Fact } from "../../db/operation";

export type RowFact = Fact & { row: NonNullable<Fact["row"]> };
type Row = RowFact & { undoHref: string | null };

const columns: Column<Row>[] = [
  {
    id: "shift",
    header: "Shift",
    cell: ({ row }) => (
      <Link to={`/shifts/${row.shiftId}`} className="underline decoration-line-strong hover:decoration-ink">
        {row.shiftId}
      </Link>
    ),
  },
  {
    id: "state",
    header: "State",
    cell: ({ row }) => <Badge severity={row.isDone ? "ok" : "critical"}>{row.isDone ? "done" : "not done"}</Badge>,
  },
  {
    id: "outcome",
    header: "What became of it",
    isFilling: true,
    cell: ({ row, before, after }) => (
      <span className="whitespace-normal">{row.isDone ? `${before} → ${after}` : after}</span>
    ),
  },
  {
    id: "undo",
    header: "Take it back",
    align: "end",
    cell: ({ row, undoHref }) =>
      undoHref && row.isDone ? (
        <ButtonLink size="sm" to={undoHref} aria-label={`Undo shift ${row.shiftId}`}>
          Undo
        </ButtonLink>
      ) : null,
  },
];

/** What became of each of several shifts: those that were not done with their reasons, and the way to ask for them again. */
export function RowsSection({ run, facts }: { run: { id: string; operation: string }; facts: readonly RowFact[] }) {
  const left = facts.filter(({ row }) => !row.isDone).map(({ row }) => row.shiftId);
  const kind = run.operation.replace("bulk-", "");
  const rows = facts.map((fact): Row => {
    const { shiftId, part } = fact.row;
    const undoHref = `/shifts/${shiftId}/change/undo-reassignment?run=${run.id}&part=${part}`;
    return { ...fact, undoHref: kind === "cancel" ? null : undoHref };
  });
  return (
    <Section
      title={`${formatCount(facts.length - left.length)} done${left.length > 0 ? `, ${formatCount(left.length)} not` : ""}`}
      actions={
        left.length > 0 && (
          <ButtonLink size="sm" tone="primary" to={`/shifts/bulk?do=${kind}&shifts=${left.join(",")}`}>
            Try the {formatCount(left.length)} again
          </ButtonLink>
        )
      }
      flush
    >
      <DataTable
        caption="Each shift and what became of it"
        rows={rows}
        columns={columns}
        rowId={({ row }) => row.part}
        empty={null}
      />
    </Section>
  );
}
