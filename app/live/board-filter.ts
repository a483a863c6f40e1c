import { type ShiftState, shiftStates } from "../../db/rules/live/shift-states";
import type { BoardShift, JudgedShift } from "./board";

/** What the URL asks the board to show. An empty set of states is all of them. */
export type BoardFilter = { states: ReadonlySet<ShiftState>; region: string | null; text: string };

export function readBoardFilter(search: URLSearchParams): BoardFilter {
  const asked = (search.get("state") ?? "").split(",");
  return {
    states: new Set(shiftStates.filter((state) => asked.includes(state))),
    region: search.get("region") || null,
    text: search.get("q") ?? "",
  };
}

/** The id that the URL selects; null where there is none, or it is not an id. */
export function readSelection(search: URLSearchParams): number | null {
  const asked = search.get("shift") ?? "";
  return /^[1-9]\d{0,14}$/.test(asked) ? Number(asked) : null;
}

export type SearchChange = {
  states?: ReadonlySet<ShiftState>;
  region?: string | null;
  text?: string;
  shiftId?: number | null;
};

/** The search with some of it changed; what says nothing is left out of the address. */
export function changeSearch(
  search: URLSearchParams,
  { states, region, text, shiftId }: SearchChange,
): URLSearchParams {
  const next = new URLSearchParams(search);
  const put = (name: string, value: string) => (value === "" ? next.delete(name) : next.set(name, value));
  if (states !== undefined) put("state", shiftStates.filter((state) => states.has(state)).join(","));
  if (region !== undefined) put("region", region ?? "");
  if (text !== undefined) put("q", text);
  if (shiftId !== undefined) put("shift", shiftId === null ? "" : String(shiftId));
  return next;
}

/** Within region and text, whatever the state: what the counts of the states count. */
export function matchesPlaceAndText(shift: BoardShift, { region, text }: BoardFilter): boolean {
  if (region && shift.location.region !== region) return false;
  const words = fold(text).split(/\s+/).filter(Boolean);
  const { location } = shift;
  const names = fold(
    [`#${shift.id}`, shift.guardName ?? "", location.name, location.city, shift.client, shift.company].join(" "),
  );
  return words.every((word) => names.includes(word));
}

export function matchesState({ state }: JudgedShift, { states }: BoardFilter): boolean {
  return states.size === 0 || states.has(state);
}

/** Lower case without accents, so that "rene" finds René. */
function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
