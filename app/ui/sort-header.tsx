import { Link } from "@remix-run/react";
import { clsx } from "clsx";

import { type Sort, searchSortedBy } from "./table-sort";

/** One header of a table; a sortable one is a link to the same page in another order. */
export function SortHeader({
  column,
  sort,
  search,
  sortKey,
}: {
  column: { id: string; header: string; sortBy?: unknown; align?: "start" | "end"; isWideOnly?: boolean };
  sort: Sort | null;
  search: URLSearchParams;
  sortKey: string;
}) {
  const isSorted = sort?.column === column.id;
  return (
    <th
      scope="col"
      aria-sort={isSorted ? (sort.isDescending ? "descending" : "ascending") : undefined}
      className={clsx(
        "sticky top-0 z-10 h-8 whitespace-nowrap border-b border-line bg-surface px-3 text-xs font-medium text-muted first:pl-4 last:pr-4",
        column.align === "end" && "text-right",
        column.isWideOnly && "@max-3xl:hidden",
      )}
    >
      {column.sortBy ? (
        <Link
          to={{ search: searchSortedBy(search, sortKey, column.id, sort) }}
          replace
          preventScrollReset
          className={clsx("group/sort inline-flex items-center gap-1 hover:text-ink", isSorted && "text-ink")}
        >
          {column.header}
          <svg
            viewBox="0 0 8 8"
            aria-hidden="true"
            className={clsx(
              "size-2 fill-current",
              isSorted ? sort.isDescending && "rotate-180" : "opacity-0 group-hover/sort:opacity-60",
            )}
          >
            <path d="M4 1 7.5 7H.5Z" />
          </svg>
        </Link>
      ) : (
        column.header
      )}
    </th>
  );
}
