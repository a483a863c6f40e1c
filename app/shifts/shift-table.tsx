import { useMemo } from "react";

import { ButtonLink } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { type Column, DataTable } from "~/ui/table";
import { writeSort } from "~/ui/table-sort";
import type { ShownShift } from "./read-shifts.server";
import { ShiftCard, shiftCells } from "./shift-cells";
import { type ColumnId, columnLooks } from "./shift-columns";
import type { ShiftSearch } from "./shift-search";

/** On a phone the first column tells the whole row, and the others go. */
function toColumns(ids: readonly ColumnId[]): Column<ShownShift>[] {
  return ids.map((id, position) => {
    const { label, widthRem, sortBy, align } = columnLooks[id];
    const cell = shiftCells[id];
    return {
      id: sortBy ?? id,
      header: label,
      widthRem,
      align,
      sortBy: sortBy && "server",
      isWideOnly: position > 0,
      cell: position > 0 ? cell : (shift) => <FirstCell wide={cell(shift)} shift={shift} />,
    };
  });
}

function FirstCell({ wide, shift }: { wide: React.ReactNode; shift: ShownShift }) {
  return (
    <>
      <span className="@max-3xl:hidden">{wide}</span>
      <span className="block @3xl:hidden">
        <ShiftCard shift={shift} />
      </span>
    </>
  );
}

export function ShiftTable({
  shifts,
  search,
  isNarrowed,
}: {
  shifts: ShownShift[];
  search: ShiftSearch;
  isNarrowed: boolean;
}) {
  const chosen = search.columns.join();
  const columns = useMemo(() => toColumns(chosen.split(",") as ColumnId[]), [chosen]);
  return (
    <DataTable
      caption="Shifts"
      rows={shifts}
      columns={columns}
      rowId={({ id }) => id}
      rowHref={({ id }) => `/shifts/${id}`}
      defaultSort={writeSort({ column: search.sort.by, isDescending: search.sort.isDescending })}
      empty={
        isNarrowed ? (
          <EmptyState
            title="No shift matches"
            action={<ButtonLink to="/shifts">Show the shifts from today</ButtonLink>}
          >
            Nothing on record has all of what you asked for.
          </EmptyState>
        ) : (
          <EmptyState
            title="No shift starts today or later"
            action={<ButtonLink to="/shifts?from=&sort=-start">Show earlier shifts</ButtonLink>}
          >
            Shifts appear here as soon as they are planned.
          </EmptyState>
        )
      }
    />
  );
}
