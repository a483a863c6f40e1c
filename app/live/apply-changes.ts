import type { Board, BoardShift } from "./board";
import type { StreamEvents } from "./stream-events";

/**
 * The board after one event. Applying it again changes nothing, and shifts that it does not name stay the same
 * objects. The order is that of the board: by start.
 */
export function applyChanges(
  board: Board,
  { asOf, shifts, gone }: Pick<StreamEvents["changes"], "asOf" | "shifts" | "gone">,
): Board {
  const known = new Map(board.shifts.map((shift) => [shift.id, shift]));
  for (const id of gone) known.delete(id);
  for (const shift of shifts) known.set(shift.id, shift);
  return { ...board, asOf, shifts: [...known.values()].sort(byStart) };
}

function byStart(one: BoardShift, other: BoardShift): number {
  return one.startAt.getTime() - other.startAt.getTime() || one.id - other.id;
}
