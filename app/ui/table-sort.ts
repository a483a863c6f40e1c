/** The order of a table as it stands in the URL: `start` ascending, `-start` descending. */
export type Sort = { column: string; isDescending: boolean };

export type SortValue = string | number | boolean | Date | null;

/** Null where `text` names none of `columns`. */
export function readSort(text: string | null, columns: readonly string[]): Sort | null {
  if (!text) return null;
  const isDescending = text.startsWith("-");
  const column = isDescending ? text.slice(1) : text;
  return columns.includes(column) ? { column, isDescending } : null;
}

export function writeSort({ column, isDescending }: Sort): string {
  return `${isDescending ? "-" : ""}${column}`;
}

/** The query with the order that a press on `column` asks for; a page further on starts again. */
export function searchSortedBy(search: URLSearchParams, key: string, column: string, current: Sort | null): string {
  const next = new URLSearchParams(search);
  next.set(key, writeSort({ column, isDescending: current?.column === column && !current.isDescending }));
  next.delete("after");
  next.delete("before");
  next.delete("page");
  return `?${next}`;
}

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Negative where `a` comes first. */
export function compareSortValues(a: Exclude<SortValue, null>, b: Exclude<SortValue, null>): number {
  if (typeof a === "string" && typeof b === "string") return collator.compare(a, b);
  return Number(a) - Number(b);
}
