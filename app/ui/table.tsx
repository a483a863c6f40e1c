import { Link, useSearchParams } from "@remix-run/react";
import {
  type ColumnDef,
  createSortedRowModel,
  rowSortingFeature,
  type Row as TableRow,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { clsx } from "clsx";
import { type ReactNode, useMemo, useRef } from "react";

import { useRowKeys } from "./row-keys";
import { SortHeader } from "./sort-header";
import { compareSortValues, readSort, type SortValue } from "./table-sort";

export type Column<Row> = {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** What the column sorts by, null last; "server" where the rows come in the order that the URL asks for. */
  sortBy?: ((row: Row) => SortValue) | "server";
  /** Numbers stand at the end. */
  align?: "start" | "end";
  /** Left out where the table is narrower than 48rem, as on a phone. */
  isWideOnly?: boolean;
  /** The column takes what the others leave. */
  isFilling?: boolean;
  /** Where every column has one, widths stay the same whatever the rows hold: shares of the table, cut if need be. */
  widthRem?: number;
};

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });

/**
 * Rows with a header that stays in sight. The order stands in the URL (`sort`), so that it works without script and
 * can be shared. Keep `columns` at the module's scope. `rowHref` makes the first column a link over the whole row.
 */
export function DataTable<Row extends object>({
  caption,
  rows,
  columns,
  rowId,
  rowHref,
  empty,
  sortKey = "sort",
  defaultSort = null,
  isCurrent,
}: {
  /** Tells a screen reader what the rows are. */
  caption: string;
  rows: Row[];
  columns: readonly Column<Row>[];
  rowId: (row: Row) => string | number;
  rowHref?: (row: Row) => string;
  /** An `<EmptyState>`. */
  empty: ReactNode;
  /** Name of the parameter in the URL, where a page has several tables. */
  sortKey?: string;
  /** The order of `rows` without a parameter, for example `-at`. */
  defaultSort?: string | null;
  /** The row whose details are open. */
  isCurrent?: (row: Row) => boolean;
}) {
  const [search] = useSearchParams();
  const tableRef = useRef<HTMLTableElement>(null);
  useRowKeys(tableRef);

  const asked = search.get(sortKey);
  const sort = useMemo(() => readOrder(asked, defaultSort, columns), [asked, defaultSort, columns]);
  const sorting = useMemo(() => {
    const isSortedHere = typeof columns.find(({ id }) => id === sort?.column)?.sortBy === "function";
    return sort && isSortedHere ? [{ id: sort.column, desc: sort.isDescending }] : [];
  }, [sort, columns]);
  const definitions = useMemo(() => columns.map(define), [columns]);
  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: (row: Row) => String(rowId(row)),
    state: { sorting },
  });

  if (rows.length === 0) return <>{empty}</>;
  const isFixed = columns.every(({ widthRem }) => widthRem !== undefined);
  return (
    <div className="@container">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: where it is narrow the table scrolls sideways, also by keyboard. */}
      <section aria-label={caption} tabIndex={0} className="@max-3xl:overflow-x-auto">
        <table
          ref={tableRef}
          data-table
          className={clsx("w-full border-separate border-spacing-0 text-left", isFixed && "table-fixed")}
        >
          <caption className="sr-only">{caption}</caption>
          {isFixed && <Widths columns={columns} />}
          <thead>
            <tr>
              {columns.map((column) => (
                <SortHeader key={column.id} column={column} sort={sort} search={search} sortKey={sortKey} />
              ))}
            </tr>
          </thead>
          <tbody>
            {table.getRowModel().rows.map(({ id, original }) => (
              <tr
                key={id}
                data-row={id}
                tabIndex={-1}
                aria-current={isCurrent?.(original) || undefined}
                className="group relative hover:bg-hover focus-visible:bg-accent-soft focus-visible:outline-offset-[-2px] aria-[current]:bg-accent-soft"
              >
                {columns.map((column, position) => (
                  <td key={column.id} className={clsx(cellClass(column), isFixed && "overflow-hidden text-ellipsis")}>
                    {rowHref && position === 0 ? (
                      <Link
                        to={rowHref(original)}
                        preventScrollReset
                        className="font-medium after:absolute after:inset-0 hover:underline"
                      >
                        {column.cell(original)}
                      </Link>
                    ) : (
                      column.cell(original)
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

function Widths<Row>({ columns }: { columns: readonly Column<Row>[] }) {
  const total = columns.reduce((sum, { widthRem = 0 }) => sum + widthRem, 0);
  return (
    <colgroup>
      {columns.map(({ id, widthRem = 0, isWideOnly }) => (
        <col
          key={id}
          className={isWideOnly ? "@max-3xl:hidden" : undefined}
          style={{ width: `${(100 * widthRem) / total}%` }}
        />
      ))}
    </colgroup>
  );
}

function readOrder<Row>(asked: string | null, unasked: string | null, columns: readonly Column<Row>[]) {
  const sortable = columns.filter(({ sortBy }) => sortBy).map(({ id }) => id);
  return readSort(asked, sortable) ?? readSort(unasked, sortable);
}

function cellClass<Row>({ align, isWideOnly, isFilling }: Column<Row>): string {
  return clsx(
    "h-9 border-b border-line px-3 py-1.5 first:pl-4 last:pr-4 group-last:border-b-0",
    align === "end" && "text-right",
    isWideOnly && "@max-3xl:hidden",
    isFilling ? "w-full min-w-40" : "whitespace-nowrap",
  );
}

function define<Row extends object>({ id, sortBy }: Column<Row>): ColumnDef<typeof features, Row> {
  return {
    id,
    accessorFn: (row) => (typeof sortBy === "function" ? (sortBy(row) ?? undefined) : undefined),
    enableSorting: typeof sortBy === "function",
    sortUndefined: "last",
    sortFn: (a: TableRow<typeof features, Row>, b: TableRow<typeof features, Row>) =>
      compareSortValues(a.getValue(id), b.getValue(id)),
  };
}
