import cronParser from "cron-parser";

import type { Database, Sql } from "../connections";

export type JobContext = {
  /** SecuryFlex as console_read. */
  securyflex: Database;
  /** SecuryFlex as console_ops, for what the console keeps there beside the product's own rows. */
  operate: Database;
  /** One transaction of the console's database, refused once this attempt was taken over. */
  write: <Result>(work: (sql: Sql) => Promise<Result>) => Promise<Result>;
  /** Aborted at the timeout and when the worker must stop. */
  signal: AbortSignal;
  /** The instant of the schedule that this run answers; the same in each attempt. */
  slot: Date;
};

export type Job = {
  id: string;
  title: string;
  /** What it is for, one sentence. */
  purpose: string;
  /** Cron of five fields in Europe/Amsterdam. Hour 2 is refused by a test: it is missing or double twice a year. */
  schedule: string;
  timeoutSeconds: number;
  /** Attempts at one slot, the first included. */
  attempts: number;
  /** For a run that lasts as long as its slot: when the worker wants to stop, another goes on with it at once. */
  yields?: boolean;
  /** Returns what it did, one sentence. May run again for the same slot, so its writes are keyed by the slot. */
  run: (context: JobContext) => Promise<string>;
};

export const scheduleTimeZone = "Europe/Amsterdam";

export function defineJob(job: Job): Job {
  return job;
}

/** The newest instant of the schedule that is not after `asOf`. */
export function latestSlot(schedule: string, asOf: Date): Date {
  const currentDate = new Date(asOf.getTime() + 1);
  return cronParser.parseExpression(schedule, { tz: scheduleTimeZone, currentDate }).prev().toDate();
}

/** The first instant of the schedule after `asOf`. */
export function nextSlot(schedule: string, asOf: Date): Date {
  return cronParser.parseExpression(schedule, { tz: scheduleTimeZone, currentDate: asOf }).next().toDate();
}
