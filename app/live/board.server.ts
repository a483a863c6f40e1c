import { consoleDatabase, securyflex } from "../../db/connections";
import { readPosition } from "../../db/live/feed/feed-position";
import { getRecordExtent } from "../../db/live/get-record-extent";
import { readMarksRevision } from "../../db/live/marks/read-marks";
import type { Board } from "./board";
import { readMarkedShifts } from "./marked-shifts.server";
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
      readMarkedShifts(db, { asOf: at, isPast: true }),
      getRecordExtent(db, { asOf: at }),
    ]);
    return { asOf: at, past, shifts, cursor: null, marks: null };
  }
  const marks = await readMarksRevision(consoleDatabase());
  const { position, asOf } = await readPosition(db);
  return { asOf, past: null, shifts: await readMarkedShifts(db, { asOf }), cursor: position, marks };
}
