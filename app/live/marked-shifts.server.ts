import { consoleDatabase, type Database } from "../../db/connections";
import { readMarks } from "../../db/live/marks/read-marks";
import type { BoardShift } from "./board";
import { readBoardShifts } from "./board-shifts.server";

/** The shifts of `readBoardShifts` with what the console itself knows of them. */
export async function readMarkedShifts(
  db: Database,
  asked: Parameters<typeof readBoardShifts>[1],
): Promise<BoardShift[]> {
  const shifts = await readBoardShifts(db, asked);
  if (shifts.length === 0) return shifts;
  const shiftIds = shifts.map(({ id }) => id);
  const marks = await readMarks(consoleDatabase(), { shiftIds, at: asked.isPast ? asked.asOf : undefined });
  return marks.size === 0 ? shifts : shifts.map((shift) => ({ ...shift, ...marks.get(shift.id) }));
}
