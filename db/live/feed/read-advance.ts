import type { Database } from "../../connections";
import { type FeedPosition, formatPosition, parsePosition } from "./feed-position";
import { listCrossingShifts } from "./list-crossing-shifts";
import { type Change, FeedOnStandby, isOfNoLife, listChangesSince, readCursorAndClock } from "./snapshot-cursor";

export type FeedShift = { id: number };

/** What brings a page from its position to the common one. */
export type Batch<Shift extends FeedShift> = {
  changes: Change[];
  /** Whole, as they are now: all that changed or came by time and are on the board. */
  shifts: Shift[];
  /** Ids of those that are not, or not any more. */
  gone: number[];
};

export type Advance<Shift extends FeedShift> = {
  /** Where everybody stands after it. */
  position: string;
  asOf: Date;
  /** By the position asked for. */
  batches: Map<string, Batch<Shift> | "too-old">;
  /** False after a crash, until `beginLife`. */
  hasLife: boolean;
};

export type ReadShifts<Shift extends FeedShift> = (
  db: Database,
  asked: { asOf: Date; shiftIds: readonly number[] },
) => Promise<Shift[]>;

/** Above this number a fresh board is the shorter way. */
const mostCrossings = 2_000;

/**
 * Moves everybody to one position, read in one snapshot: each of `from` gets all that happened since, and nothing that
 * comes later. So a page that catches up and those that are up to date go on together without a gap or an overlap.
 * With `isSweep` the shifts that come and go by time are counted in as well; needed wherever positions differ.
 */
export async function readAdvance<Shift extends FeedShift>(
  db: Database,
  { from, isSweep, readShifts }: { from: readonly string[]; isSweep: boolean; readShifts: ReadShifts<Shift> },
): Promise<Advance<Shift>> {
  const [only] = from;
  const looked = !isSweep && only !== undefined && (await look(db, only, readShifts));
  if (looked) return looked;
  return db.transaction(
    async (snapshot) => {
      const { cursor, asOf } = await readCursorAndClock(snapshot);
      if (cursor === null) throw new FeedOnStandby();
      const found = new Map<string, { changes: Change[]; shiftIds: Set<number> } | "too-old">();
      let sweptAt = isSweep ? asOf : undefined;
      for (const text of new Set(from)) {
        const known = parsePosition(text);
        sweptAt ??= known?.sweptAt;
        found.set(text, known ? await listSince(snapshot, known, isSweep ? asOf : undefined) : "too-old");
      }
      const all = new Set([...found.values()].flatMap((one) => (one === "too-old" ? [] : [...one.shiftIds])));
      const read = all.size > 0 ? await readShifts(snapshot, { asOf, shiftIds: [...all] }) : [];
      const shiftsById = new Map(read.map((shift) => [shift.id, shift]));
      const batches = new Map(
        [...found].map(([text, one]) => [text, one === "too-old" ? one : toBatch(one, shiftsById)] as const),
      );
      const position = formatPosition({ cursor, sweptAt: sweptAt ?? asOf });
      return { position, asOf, batches, hasLife: !isOfNoLife(cursor) };
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

/**
 * The usual case, in one statement where nothing happened: everybody stands at one place already. Shifts may be newer
 * than the place says; what made them so is told next. Undefined where the place cannot be gone on from.
 */
async function look<Shift extends FeedShift>(
  db: Database,
  text: string,
  readShifts: ReadShifts<Shift>,
): Promise<Advance<Shift> | undefined> {
  const known = parsePosition(text);
  const found = known && (await listSince(db, known, undefined));
  if (!known || !found || found === "too-old") return undefined;
  const { cursor, asOf, shiftIds } = found;
  const read = shiftIds.size > 0 ? await readShifts(db, { asOf, shiftIds: [...shiftIds] }) : [];
  return {
    position: formatPosition({ cursor, sweptAt: known.sweptAt }),
    asOf,
    batches: new Map([[text, toBatch(found, new Map(read.map((shift) => [shift.id, shift])))]]),
    hasLife: !isOfNoLife(cursor),
  };
}

async function listSince(db: Database, { cursor, sweptAt }: FeedPosition, until: Date | undefined) {
  const reading = await listChangesSince(db, cursor);
  if (reading === "too-old") return reading;
  const crossing = until ? await listCrossingShifts(db, { after: sweptAt, until, most: mostCrossings }) : [];
  if (crossing.length === mostCrossings) return "too-old" as const;
  return { ...reading, shiftIds: new Set([...reading.changes.map(({ shiftId }) => shiftId), ...crossing]) };
}

function toBatch<Shift extends FeedShift>(
  { changes, shiftIds }: { changes: Change[]; shiftIds: Set<number> },
  shiftsById: Map<number, Shift>,
): Batch<Shift> {
  const shifts = [...shiftIds].flatMap((id) => shiftsById.get(id) ?? []);
  return { changes, shifts, gone: [...shiftIds].filter((id) => !shiftsById.has(id)) };
}
