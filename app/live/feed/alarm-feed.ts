import type { Alarm } from "../../../db/live/alarms/list-alarms";
import type { Person } from "../../../db/rules/live/answer-alarm";

export type { Alarm, Person };

export type AlarmFeed = {
  asOf: Date;
  /** False where the page goes on behind the last 24 hours: it holds no open alarms. */
  isFirstPage: boolean;
  /** What lasts, snoozed or not; where not all are among them, the worst and the oldest. */
  open: Alarm[];
  /** How many more last that are not among them. */
  unlistedCount: number;
  /** The last ones that ended, the newest first. */
  ended: Alarm[];
  /** Where the ended ones go on, for `before` in the address. Null at their end. */
  before: string | null;
  /** Until when alarms are judged. Null before the first judgement. */
  judgedAt: Date | null;
  /** False where the last judgement is old: nobody watches. */
  isWatched: boolean;
  you: Person;
  /** The role may answer alarms. */
  mayRespond: boolean;
};

/** What became of one answer to one or several alarms. */
export type AnswerResult = {
  /** How many alarms it changed. */
  done: number;
  /** Sentences: why not, for those that it did not change. */
  refusals: string[];
};

/** The longest reason that a snooze keeps. */
export const longestNote = 200;
