import { useRef } from "react";

import { EmptyState } from "~/ui/empty-state";
import { useRowKeys } from "~/ui/row-keys";
import type { JudgedShift } from "./board";
import { describeRow, ShiftRow } from "./shift-row";

/** The map as a list, most urgent first: the same shifts, the same selection. */
export function ShiftList({
  judged,
  now,
  selectedId,
  hrefOf,
  total,
}: {
  judged: readonly JudgedShift[];
  now: Date;
  selectedId: number | null;
  hrefOf: (shiftId: number) => string;
  /** Shifts on the board, shown or not. */
  total: number;
}) {
  const list = useRef<HTMLUListElement>(null);
  useRowKeys(list);
  if (judged.length === 0) {
    return total === 0 ? (
      <EmptyState title="No shift runs within two hours of now">
        Shifts that are published appear here two hours before they start.
      </EmptyState>
    ) : (
      <EmptyState title="No shift matches">None of the {total} shifts on the board fits the filters above.</EmptyState>
    );
  }
  return (
    <ul ref={list} data-table aria-label="Shifts, most urgent first" className="m-0 list-none p-0">
      {judged.map((one) => (
        <ShiftRow
          key={one.shift.id}
          {...describeRow(one, now)}
          to={hrefOf(one.shift.id)}
          isSelected={one.shift.id === selectedId}
        />
      ))}
    </ul>
  );
}
