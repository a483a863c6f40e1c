import { defaultThresholds, staleAfterSeconds } from "../live/live-state";

/** The times of the definitions, in seconds. */
export type SlaRule = {
  /** A check-in counts as an arrival from so long before the start on. */
  arriveBeforeSeconds: number;
  /** After the start. */
  onTimeSeconds: number;
  noShowSeconds: number;
  /** How long a position inside the fence confirms presence. */
  confirmSeconds: number;
  /** A client who withdraws so long before the start owes nothing. */
  withdrawSeconds: number;
};

/** What is in force, as slaDefinition counts it. */
export const slaRule: SlaRule = {
  arriveBeforeSeconds: 3600,
  onTimeSeconds: 300,
  noShowSeconds: 1800,
  confirmSeconds: staleAfterSeconds(defaultThresholds.cadenceSeconds),
  withdrawSeconds: 24 * 3600,
};
