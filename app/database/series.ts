import type { Unit } from "../../db/panel";

/** One line of a chart. */
export type Series = {
  column: string;
  label: string;
  unit: Unit;
  /** Drawn by what it grew a second. */
  isRate: boolean;
  /** Oldest first. Null breaks the line: nothing is known there. */
  points: { at: Date; value: number | null }[];
};
