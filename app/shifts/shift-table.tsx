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

/** Numbers of the selected shifts, also of those on other pages, in the order in which they were selected. */
export type Selection = { ids: readonly number[]; select: (ids: readonly number[]) => void };

function markColumn({ ids, select }: Selection): Column<ShownShift> {
  return {
    id: "mark",
    header: "Select",
    widthRem: 5,
    align: "end",
    cell: ({ id }) => (
      <label className="relative z-1 -my-1.5 -mr-2 inline-grid size-8 place-items-center">
        <input
          type="checkbox"
          aria-label={`Select shift ${id}`}
          checked={ids.includes(id)}
          onChange={({ target }) => select([...ids.filter((one) => one !== id), ...(target.checked ? [id] : [])])}
        />
      </label>
    ),
  };
}

export function ShiftTable({
  shifts,
  search,
  isNarrowed,
  selection,
}: {
  shifts: ShownShift[];
  search: ShiftSearch;
  isNarrowed: boolean;
  /** Null for who may change no shift. */
  selection: Selection | null;
}) {
  const chosen = search.columns.join();
  const told = useMemo(() => toColumns(chosen.split(",") as ColumnId[]), [chosen]);
  const columns = selection ? [...told, markColumn(selection)] : told;
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
