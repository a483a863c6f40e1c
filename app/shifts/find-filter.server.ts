import type { Database } from "../../db/connections";
import { findGuards, findLocations, findNamed } from "../../db/shifts/find-named";
import type { ShiftFilter } from "../../db/shifts/shift-filter";
import { type ShiftSearch, spanOf } from "./shift-search";

/** Digits are a number of their own kind, anything else is a part of names. */
const number = /^[1-9]\d{0,14}$/;

/** What the search asks for as a filter: names become the ids of those who bear them. */
export async function findFilter(db: Database, search: ShiftSearch): Promise<ShiftFilter> {
  const { statuses, text, guard, location, clientId, companyId, region, isWithoutGuard } = search;
  const isShift = number.test(text);
  const [named, guardIds, locationIds] = await Promise.all([
    text === "" || isShift ? undefined : findNamed(db, text),
    idsOf(guard, () => findGuards(db, guard)),
    idsOf(location, () => findLocations(db, location)),
  ]);
  return {
    id: isShift ? Number(text) : undefined,
    statuses: statuses.length > 0 ? statuses : undefined,
    clientId: clientId ?? undefined,
    companyId: companyId ?? undefined,
    region: region === "" ? undefined : region,
    guardIds,
    locationIds,
    named,
    isWithoutGuard,
    ...spanOf(search),
  };
}

async function idsOf(asked: string, find: () => Promise<number[]>): Promise<number[] | undefined> {
  if (asked === "") return undefined;
  return number.test(asked) ? [Number(asked)] : find();
}
