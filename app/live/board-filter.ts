import { type ShiftState, shiftStates } from "../../db/rules/live/shift-states";
import type { BoardShift, JudgedShift } from "./board";
import { toggled } from "./toggled";

/** What the URL asks the board to show. An empty set of states is all of them. */
export type BoardFilter = {
  states: ReadonlySet<ShiftState>;
  region: string | null;
  client: string | null;
  text: string;
  /** `lng,lat` or `guard:<id>`, as near.ts reads it; null where no place is asked for. */
  near: string | null;
  /** Metres as asked for; empty for the usual radius. */
  radius: string;
};

export function readBoardFilter(search: URLSearchParams): BoardFilter {
  const asked = (search.get("state") ?? "").split(",");
  return {
    states: new Set(shiftStates.filter((state) => asked.includes(state))),
    region: search.get("region") || null,
    client: search.get("client") || null,
    text: search.get("q") ?? "",
    near: search.get("near") || null,
    radius: search.get("radius") ?? "",
  };
}

/** The id that the URL selects; null where there is none, or it is not an id. */
export function readSelection(search: URLSearchParams): number | null {
  return readId(search.get("shift") ?? "");
}

export type SearchChange = Partial<BoardFilter> & { shiftId?: number | null };

/** The search with some of it changed; what says nothing is left out of the address. */
export function changeSearch(
  search: URLSearchParams,
  { states, region, client, text, near, radius, shiftId }: SearchChange,
): URLSearchParams {
  const next = new URLSearchParams(search);
  const put = (name: string, value: string) => (value === "" ? next.delete(name) : next.set(name, value));
  if (states !== undefined) put("state", shiftStates.filter((state) => states.has(state)).join(","));
  if (region !== undefined) put("region", region ?? "");
  if (client !== undefined) put("client", client ?? "");
  if (text !== undefined) put("q", text);
  if (near !== undefined) put("near", near ?? "");
  if (near === null) put("radius", "");
  if (radius !== undefined) put("radius", radius);
  if (shiftId !== undefined) put("shift", shiftId === null ? "" : String(shiftId));
  return next;
}

/** The search with one state more to show, or without it. */
export function toggleState(search: URLSearchParams, state: ShiftState): URLSearchParams {
  return changeSearch(search, { states: toggled(readBoardFilter(search).states, state) });
}

/** One part of a filter, and what the filter is without it. */
export const filterParts = {
  state: { states: new Set<ShiftState>() },
  region: { region: null },
  client: { client: null },
  text: { text: "" },
  near: { near: null },
} as const satisfies Record<string, Partial<BoardFilter>>;

export type FilterPart = keyof typeof filterParts;

/** What shows every shift of the board. */
export const unfiltered: Partial<BoardFilter> = Object.assign({}, ...Object.values(filterParts));

/** The parts that leave something out. */
export function listFilterParts(filter: BoardFilter): FilterPart[] {
  const isSet: Record<FilterPart, boolean> = {
    state: filter.states.size > 0,
    region: filter.region !== null,
    client: filter.client !== null,
    text: filter.text.trim() !== "",
    near: filter.near !== null,
  };
  return (Object.keys(isSet) as FilterPart[]).filter((part) => isSet[part]);
}

/** Metres of each shift within the radius; null where no place is asked for or nothing is known yet. */
export type Distances = ReadonlyMap<number, number> | null;

/** Tells whether a shift passes the filter, or all of it but the part `without`. */
export function compileFilter(
  { states, region, client, text }: BoardFilter,
  distances: Distances,
): (one: JudgedShift, without?: FilterPart) => boolean {
  const words = wordsOf(text);
  return ({ shift, state }, without) =>
    (states.size === 0 || states.has(state) || without === "state") &&
    (region === null || shift.location.region === region || without === "region") &&
    (client === null || shift.client === client || without === "client") &&
    (distances === null || distances.has(shift.id) || without === "near") &&
    (words.length === 0 || matchesWords(shift, words) || without === "text");
}

function wordsOf(text: string): string[] {
  return fold(text).split(/\s+/).filter(Boolean);
}

/** Each word is part of a name, or the number of the shift: `#42` is shift 42 alone, `42` may be part of a name too. */
function matchesWords(shift: BoardShift, words: readonly string[]): boolean {
  const names = namesOf(shift);
  return words.every((word) => readShiftNumber(word) === shift.id || (!/^#\d/.test(word) && names.includes(word)));
}

/** The number of the shift that the text asks for and nothing else; null for any other text. */
export function readShiftNumber(text: string): number | null {
  return readId(text.trim().replace(/^#/, ""));
}

function readId(text: string): number | null {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}

const foldedNames = new WeakMap<BoardShift, string>();

function namesOf(shift: BoardShift): string {
  let known = foldedNames.get(shift);
  if (known === undefined) {
    const { location, guardName, client, company } = shift;
    known = fold([guardName ?? "", location.name, location.city, client, company].join(" "));
    foldedNames.set(shift, known);
  }
  return known;
}

/** Lower case without accents, so that "rene" finds René. */
function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
