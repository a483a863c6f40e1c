import type { ShiftSort } from "../../db/shifts/shift-order";

export const columnIds = [
  "start",
  "end",
  "status",
  "guard",
  "location",
  "city",
  "region",
  "client",
  "company",
  "post",
  "headcount",
  "rate",
  "checkins",
  "last",
  "updated",
  "id",
] as const;

export type ColumnId = (typeof columnIds)[number];

export type ColumnLook = {
  label: string;
  /** Share of the table's width, in rem at which nothing is cut. */
  widthRem: number;
  sortBy?: ShiftSort["by"];
  align?: "end";
};

/** The number of check-ins and the last one are counted for the rows in sight alone: no index can order by them. */
export const columnLooks: Record<ColumnId, ColumnLook> = {
  start: { label: "Start", widthRem: 19, sortBy: "start" },
  end: { label: "End", widthRem: 10, sortBy: "end" },
  status: { label: "Status", widthRem: 7.5, sortBy: "status" },
  guard: { label: "Guard", widthRem: 10, sortBy: "guard" },
  location: { label: "Location", widthRem: 15, sortBy: "location" },
  city: { label: "City", widthRem: 8 },
  region: { label: "Region", widthRem: 8 },
  client: { label: "Client", widthRem: 10, sortBy: "client" },
  company: { label: "Company", widthRem: 11 },
  post: { label: "Post", widthRem: 10 },
  headcount: { label: "Guards needed", widthRem: 8, align: "end" },
  rate: { label: "Rate an hour", widthRem: 7, sortBy: "rate", align: "end" },
  checkins: { label: "Check-ins", widthRem: 6, align: "end" },
  last: { label: "Last check-in", widthRem: 12.5 },
  updated: { label: "Changed", widthRem: 9, sortBy: "updated" },
  id: { label: "Number", widthRem: 6, sortBy: "id", align: "end" },
};

export const defaultColumns: readonly ColumnId[] = [
  "start",
  "status",
  "guard",
  "location",
  "client",
  "checkins",
  "last",
];
