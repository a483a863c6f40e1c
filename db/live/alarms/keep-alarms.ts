import type { Database } from "../../connections";
import type { JobContext } from "../../jobs/job";
import { listShiftsAround } from "../list-shifts-around";
import { recordJudgement } from "./record-judgement";

/**
 * Judges the board of `asOf` and writes down what began, got worse or ended: one query of SecuryFlex as console_read,
 * then one transaction. Returns how many alarms changed; undefined where a later board is judged already.
 */
export async function keepAlarms({
  securyflex,
  write,
  asOf,
  isPast = false,
}: {
  securyflex: Database;
  write: JobContext["write"];
  asOf: Date;
  /** Of what was missed: shifts as they stood then. */
  isPast?: boolean;
}): Promise<number | undefined> {
  const board = await listShiftsAround(securyflex, { asOf, isPast });
  return write((sql) => recordJudgement(sql, { board, asOf }));
}
