import type { ShiftChoices } from "../../db/shifts/list-shift-choices";
import { columnIds, columnLooks } from "./shift-columns";
import type { ShiftSearch } from "./shift-search";

/** What narrows the list, in words: "status draft, active; from 2026-11-22". "none" for all shifts. */
export function describeFilter(search: ShiftSearch, { clients, companies }: ShiftChoices): string {
  const nameOf = (parties: ShiftChoices["clients"], id: number | null) =>
    id === null ? "" : (parties.find((party) => party.id === id)?.name ?? `number ${id}`);
  const parts: [string, string][] = [
    ["status", search.statuses.join(", ")],
    ["text", search.text],
    ["guard", search.isWithoutGuard ? "nobody" : search.guard],
    ["location", search.location],
    ["client", nameOf(clients, search.clientId)],
    ["company", nameOf(companies, search.companyId)],
    ["region", search.region],
    ["from", search.from],
    ["until", search.until],
  ];
  const told = parts.filter(([, value]) => value !== "").map(([name, value]) => `${name} ${value}`);
  return told.length > 0 ? told.join("; ") : "none";
}

/** "Start, first to last". */
export function describeOrder({ by, isDescending }: ShiftSearch["sort"]): string {
  const column = columnIds.find((id) => columnLooks[id].sortBy === by);
  return `${column ? columnLooks[column].label : by}, ${isDescending ? "last to first" : "first to last"}`;
}
