import { securyflex } from "../../db/connections";
import { countShifts } from "../../db/shifts/count-shifts";
import { listShiftChoices } from "../../db/shifts/list-shift-choices";
import { type ListedShift, listShifts, mostGathered, type ShiftPageQuestion } from "../../db/shifts/list-shifts";
import { findFilter } from "./find-filter.server";
import { readPosition, writePosition } from "./shift-position.server";
import { readShiftSearch, type ShiftSearch } from "./shift-search";

const shiftsOnPage = 50;
const mostCounted = 10_000;

/** One page of shifts as the URL asks for it, and how many there are. */
export async function readShifts(params: URLSearchParams) {
  const readAt = new Date();
  const search = readShiftSearch(params, readAt);
  const db = securyflex("console_read");
  const [choices, filter] = await Promise.all([listShiftChoices(db), findFilter(db, search)]);
  const count = await countShifts(db, { filter, most: mostCounted });
  const page = await readPage({
    ...{ filter, sort: search.sort, beside: besideOf(search), limit: shiftsOnPage },
    isFew: count <= mostGathered(filter),
  });
  return {
    ...page,
    search,
    choices,
    /** Exact up to `mostCounted`; one more stands for all beyond. */
    count,
    mostCounted,
    readAt,
  };
}

function besideOf({ beside, sort, problems }: ShiftSearch): ShiftPageQuestion["beside"] {
  const position = beside && readPosition(beside.token, sort);
  if (beside && !position) problems.push("The address names a page of another list; this is the first page.");
  return beside && position ? { side: beside.side, position } : undefined;
}

/** The page and what stands on either side of it: null where nothing does. */
async function readPage(question: ShiftPageQuestion) {
  const db = securyflex("console_read");
  const { beside, limit } = question;
  const found = await listShifts(db, { ...question, limit: limit + 1 });
  // The first page is always a whole one, also where the way back leads to a part of it.
  if (beside?.side !== "before" || found.length > limit) return cutPage(found, question);
  const first = { ...question, beside: undefined };
  return cutPage(await listShifts(db, { ...first, limit: limit + 1 }), first);
}

function cutPage(found: ListedShift[], { beside, limit }: ShiftPageQuestion) {
  const isMore = found.length > limit;
  const isBefore = beside?.side === "before";
  const shown = isBefore ? found.slice(-limit) : found.slice(0, limit);
  const [first, last] = [shown.at(0), shown.at(-1)];
  return {
    shifts: shown.map(({ position: _, ...shift }) => shift),
    before: first && (isBefore ? isMore : beside) ? writePosition(first.position) : null,
    after: last && (isBefore || isMore) ? writePosition(last.position) : null,
  };
}

export type ShiftsRead = Awaited<ReturnType<typeof readShifts>>;
export type ShownShift = ShiftsRead["shifts"][number];
