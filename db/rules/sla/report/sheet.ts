/** A report in words, as it stands on a page, in a PDF and in a CSV. */
export type Sheet = {
  title: string;
  /** Why it is not final; null where it is. */
  notice: string | null;
  lines: { label: string; value: string }[];
  tables: SheetTable[];
  notes: string[];
};

export type SheetTable = {
  title: string;
  columns: SheetColumn[];
  rows: string[][];
  /** What stands in place of a table without rows. */
  empty: string;
};

/** `isShift`: its cells are numbers of shifts. */
export type SheetColumn = { label: string; isNumber?: boolean; isShift?: boolean };
