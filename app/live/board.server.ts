import { securyflex } from "../../db/connections";
import { readPosition } from "../../db/live/feed/feed-position";
import { getRecordExtent } from "../../db/live/get-record-extent";
import type { Board } from "./board";
import { readBoardShifts } from "./board-shifts.server";
import { askedMoment } from "./time-travel/asked-moment.server";

/**
 * The shifts within two hours of the moment that the address names, as they stood then; of now where it names none.
 * Throws 400 for a moment that cannot be shown.
 */
export async function readBoard(request: Request): Promise<Board> {
  const at = askedMoment(request);
  const db = securyflex("console_read");
  if (at) {
    const [shifts, past] = await Promise.all([
      readBoardShifts(db, { asOf: at, isPast: true }),
      getRecordExtent(db, { asOf: at }),
    ]);
    return { asOf: at, past, shifts, cursor: null };
  }
  const { position, asOf } = await readPosition(db);
  return { asOf, past: null, shifts: await readBoardShifts(db, { asOf }), cursor: position };
}
