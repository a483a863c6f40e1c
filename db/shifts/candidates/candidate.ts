import type { Database } from "../../connections";
import type { AssignmentRule, Employment, Reason } from "../../rules/shifts/assignment-rules";
import type { Point } from "../../schema/geography";

/** A connection or a transaction of SecuryFlex. */
export type Reader = Pick<Database, "execute">;

export type Candidate = {
  guardId: number;
  fullName: string;
  employment: Employment;
  homeCity: string | null;
  /** To about a kilometer: a map shows the neighbourhood, not the door. Null where no home is on record. */
  homeArea: Point | null;
  /** From home, on the ground in a straight line; null where no home is on record. So is the travel. */
  distanceMeters: number | null;
  travelSeconds: number | null;
  /** Euro an hour; null while the guard asks for none. */
  hourlyRate: number | null;
  /** The shift's rate less the guard's; null where the guard's is unknown. */
  marginPerHour: number | null;
  /** Elapsed, to the nearest other shift; null where none stands within ten days. */
  restBeforeSeconds: number | null;
  restAfterSeconds: number | null;
  /** Of the fuller of the weeks that the shift touches, with the shift. */
  weekSecondsAfter: number;
  /** At this location, before `asOf`. */
  history: { completedCount: number; noShowCount: number; lastAt: Date | null };
  /** By the order of the rules; none speaks against the guard where it is empty. */
  reasons: Reason[];
};

export type CandidateShift = {
  id: number;
  status: string;
  version: number;
  post: string;
  startAt: Date;
  endAt: Date;
  timeZone: string;
  /** Euro an hour. */
  hourlyRate: number;
  companyId: number;
  clientId: number;
  /** Null while nobody has it. */
  guardId: number | null;
  location: { id: number; name: string; city: string; point: Point };
};

export type Funnel = {
  nearCount: number;
  /** Guards whom nothing blocks; of these, whom nothing speaks against but what is only to know. */
  canCount: number;
  clearCount: number;
  /**
   * Who is blocked, by rule, in the order of the rules: `firstCount` counts each guard once, under the first rule, so
   * that with `canCount` they make `nearCount`; `count` counts everybody whom the rule blocks.
   */
  blocked: { rule: AssignmentRule; firstCount: number; count: number }[];
  /** Guards who have no home on record and so cannot be near. */
  withoutHomeCount: number;
};

export type Candidates = {
  shift: CandidateShift;
  /** Nearest first, without the guard who has the shift. */
  candidates: Candidate[];
  /** The guard who has the shift; null while nobody has it. */
  present: Candidate | null;
  funnel: Funnel;
  searchedCount: number;
  /** The distance of the farthest who was searched; 0 where nobody was. */
  radiusMeters: number;
};

/** Undefined where there is no such shift. `near`: how many to begin with, 400. */
export type ListCandidates = (
  db: Reader,
  { shiftId, asOf, near }: { shiftId: number; asOf: Date; near?: number },
) => Promise<Candidates | undefined>;

/**
 * What speaks against a guard on a shift, from the same facts, inside the caller's transaction; the caller holds the
 * lock on the guard's row. Undefined where there is no such shift or guard. `without`: shifts that the guard gives up
 * in the same transaction, as in a swap.
 */
export type JudgeGuardForShift = (
  tx: Reader,
  { shiftId, guardId, asOf, without }: { shiftId: number; guardId: number; asOf: Date; without?: readonly number[] },
) => Promise<Reason[] | undefined>;
