import type postgres from "postgres";

import type { Sql } from "../../connections";
import { type IncidentReport, listIncidents } from "../story/incident-story";
import { type Instant, minute } from "../story/instant";
import { type Pace, paceOf, type Speed } from "../story/pace";
import { Random } from "../story/random";
import { changeShift, listFreeGuards, type ShiftChange } from "./change-shift";
import { GuardsAtWork } from "./guard-at-work";
import { reportIncidents, respondToIncidents } from "./incidents";
import { findNextChange } from "./next-change";
import { type ChangingShift, listOpenShifts, listWaitingShifts, type OpenShift } from "./open-shifts";
import { settlePayments } from "./payments";
import { planAhead, publishShortCalls } from "./plan-ahead";
import { type GuardCheckIn, recordCheckIns } from "./record-check-ins";

/** `isBehind`: more is due than one step takes; another step should follow at once. */
export type StepResult = { isLeader: boolean; isBehind: boolean };

type Transaction = postgres.TransactionSql;

const nearMs = 70 * minute;
const mostShiftsNear = 4_000;
const mostCheckIns = 5_000;
const mostChanges = 60;
const retryMs = minute;
const planEveryMs = 5 * minute;

/**
 * The day of one database, brought forward step by step. What happens is decided by the seed and the rows alone; the
 * memory here only saves telling a story from its beginning again, so a restart goes on where the database stands.
 */
export class Simulation {
  readonly pace: Pace;
  readonly #guards: GuardsAtWork;
  /** Shifts whose change the database refused, or for which no guard was free, and when to try again. */
  readonly #retryAt = new Map<number, Instant>();
  #steppedAt: Instant | undefined;
  #plannedAt = 0;

  constructor(
    readonly seed: number,
    readonly speed: Speed,
  ) {
    this.pace = paceOf(speed);
    this.#guards = new GuardsAtWork(seed, this.pace);
  }

  /** Writes what is due at `at`, in one transaction. Only one simulation of a database steps at a time. */
  async step(sql: Sql, at: Instant): Promise<StepResult> {
    try {
      const result = await sql.begin((transaction) => this.#stepAlone(transaction, at));
      if (result.isLeader) this.#steppedAt = at;
      return result;
    } catch (error) {
      this.#guards.forget();
      throw error;
    }
  }

  async #stepAlone(sql: Transaction, at: Instant): Promise<StepResult> {
    const [lock] = await sql<{ isLeader: boolean }[]>`
      select pg_try_advisory_xact_lock(hashtextextended('securyflex simulator', 0)) as "isLeader"
    `;
    if (!lock?.isLeader) {
      this.#guards.forget();
      return { isLeader: false, isBehind: false };
    }
    const previousAt = this.#steppedAt ?? at;
    const isPlanning = at - this.#plannedAt >= planEveryMs / Math.min(this.speed, 5);
    if (isPlanning) {
      await planAhead(sql, at);
      await settlePayments(sql, this.seed, at);
    }
    await publishShortCalls(sql, { seed: this.seed, speed: this.speed, afterAt: previousAt, at });

    const near = await listOpenShifts(sql, { untilAt: at + nearMs, limit: mostShiftsNear });
    const isBehind = await this.#live(sql, near, at);
    if (isPlanning) {
      const isFillingBehind = await this.#fill(sql, at);
      if (!isFillingBehind) this.#plannedAt = at;
    }
    await respondToIncidents(sql, this.seed, this.pace, at);
    if (this.#guards.count > 4 * near.length + 100) this.#guards.forget();
    return { isLeader: true, isBehind };
  }

  /** Guards move, check in and go home; incidents are reported; shifts change with that. */
  async #live(sql: Transaction, shifts: OpenShift[], at: Instant): Promise<boolean> {
    const arrived: GuardCheckIn[] = [];
    const reports: (IncidentReport & { shiftId: number })[] = [];
    const changes: [OpenShift, ShiftChange][] = [];
    for (const shift of shifts) {
      if (arrived.length > mostCheckIns || changes.length > mostChanges) break;
      const guard = this.#guards.find(shift, at);
      let checkedInAt = shift.lastCheckInAt ?? 0;
      if (guard && shift.professionalId !== null) {
        const { professionalId, id: shiftId } = shift;
        const fromAt = this.#steppedAt ?? (shift.lastCheckInAt || at);
        for (const checkIn of guard.listCheckIns(shift.lastCheckInAt ?? 0, at)) {
          arrived.push({ shiftId, professionalId, checkIn });
          checkedInAt = checkIn.createdAt;
        }
        const beganAt = guard.story.arrivesAt;
        if (shift.status === "active" && beganAt !== undefined) {
          const untilAt = Math.min(at, shift.endAt);
          for (const report of listIncidents(this.seed, { shiftId, beganAt, fromAt, untilAt }, this.pace)) {
            reports.push({ ...report, shiftId });
          }
        }
      }
      const change = findNextChange(this.seed, shift, guard, { at, checkedInAt });
      if (change && (this.#retryAt.get(shift.id) ?? 0) <= at) changes.push([shift, change]);
    }
    await recordCheckIns(sql, arrived);
    await reportIncidents(sql, reports);
    for (const [shift, change] of changes) await this.#change(sql, shift, change, at);
    return arrived.length > mostCheckIns || changes.length > mostChanges;
  }

  /** Shifts of the coming weeks are published and find their guards. True while some are left for the next step. */
  async #fill(sql: Transaction, at: Instant): Promise<boolean> {
    let written = 0;
    for (const shift of await listWaitingShifts(sql, { afterAt: at + nearMs })) {
      const change = findNextChange(this.seed, shift, undefined, { at, checkedInAt: 0 });
      if (!change || (this.#retryAt.get(shift.id) ?? 0) > at) continue;
      if (written++ >= mostChanges) return true;
      await this.#change(sql, shift, change, at);
    }
    return false;
  }

  /** A refusal of the database concerns this shift alone: it is tried again after a minute. */
  async #change(sql: Transaction, shift: ChangingShift, change: ShiftChange, at: Instant): Promise<void> {
    let isWritten = false;
    try {
      isWritten = await sql.savepoint(async (inner) => {
        if (change.to !== "assigned") return changeShift(inner, shift, change);
        const free = await listFreeGuards(inner, shift);
        if (free.length === 0) return false;
        return changeShift(inner, shift, change, new Random(this.seed, "assignment", shift.id).pick(free));
      });
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
    if (isWritten) this.#retryAt.delete(shift.id);
    else this.#retryAt.set(shift.id, at + retryMs);
  }
}

/** Classes 22 and 23: the row breaks a rule. Everything else concerns the whole step. */
function isRefusal(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return typeof code === "string" && /^2[23]/.test(code);
}
