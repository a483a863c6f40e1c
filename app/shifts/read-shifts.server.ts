import { securyflex } from "../../db/connections";
import { listShifts } from "../../db/shifts/list-shifts";
import { filterOf, readShiftSearch } from "./shift-search";

const shiftsOnPage = 50;

/** One page of shifts as the URL asks for it. */
export async function readShifts(params: URLSearchParams) {
  const readAt = new Date();
  const search = readShiftSearch(params, readAt);
  const found = await listShifts(securyflex("console_read"), {
    filter: filterOf(search),
    order: search.order,
    afterId: search.afterId ?? undefined,
    limit: shiftsOnPage + 1,
  });
  const shifts = found.slice(0, shiftsOnPage);
  return {
    shifts,
    search,
    readAt,
    /** Null on the last page. */
    nextAfterId: found.length > shiftsOnPage ? (shifts.at(-1)?.id ?? null) : null,
  };
}

export type ShiftsRead = Awaited<ReturnType<typeof readShifts>>;
