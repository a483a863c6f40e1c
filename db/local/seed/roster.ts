import type { Point } from "../../schema/geography";
import { lengthMeters, stepBetween } from "../story/geodesy";
import { day, hour, type Instant } from "../story/instant";
import type { Random } from "../story/random";
import { type Guard, isCertifiedUntil } from "./guards";

type Span = { startAt: Instant; endAt: Instant };

const restMs = 11 * hour;
const cell = { longitude: 0.35, latitude: 0.22 };

/**
 * Who works when. Shifts are given out in order of their start, so one look at the end of a guard's last shift tells
 * whether the guard is free: nobody stands on two shifts, and few rest less than 11 hours.
 */
export class Roster {
  #bookings = new Map<number, Span[]>();
  #weeks = new Map<string, number>();
  #pools = new Map<string, Guard[]>();
  #cells = new Map<string, Guard[]>();

  constructor(readonly guards: Guard[]) {
    for (const guard of guards) {
      if (!guard.home) continue;
      const key = cellOf(guard.home);
      const housed = this.#cells.get(key);
      if (housed) housed.push(guard);
      else this.#cells.set(key, [guard]);
    }
  }

  /** The nearest of a few free guards who may do it, booked; undefined when all of those asked are taken. */
  book(random: Random, site: Point, span: Span, companyId: number): Guard | undefined {
    const pool = this.near(site);
    const isTired = random.chance(0.012);
    const free: Guard[] = [];
    for (let asked = 0; asked < 60 && free.length < 5; asked++) {
      const guard = random.pick(asked < 40 && pool.length > 0 ? pool : this.guards);
      if (guard.home && worksFor(guard, companyId) && this.isFree(guard, span, isTired ? 0 : restMs)) free.push(guard);
    }
    const [nearest] = free.sort((one, other) => metersTo(site, one) - metersTo(site, other));
    if (nearest) this.add(nearest, span);
    return nearest;
  }

  isFree(guard: Guard, span: Span, breakMs: number): boolean {
    if (!isCertifiedUntil(guard, span.endAt) || guard.createdAt > span.startAt) return false;
    const worked = this.#weeks.get(weekOf(guard, span)) ?? 0;
    if (worked + span.endAt - span.startAt > 48 * hour) return false;
    return (this.#bookings.get(guard.id) ?? []).every(
      (taken) => span.startAt >= taken.endAt + breakMs || span.endAt + breakMs <= taken.startAt,
    );
  }

  add(guard: Guard, span: Span): void {
    const booked = this.#bookings.get(guard.id);
    if (booked) booked.push(span);
    else this.#bookings.set(guard.id, [span]);
    const week = weekOf(guard, span);
    this.#weeks.set(week, (this.#weeks.get(week) ?? 0) + span.endAt - span.startAt);
  }

  /** Guards who live within about 40 km. */
  near(site: Point): Guard[] {
    const key = cellOf(site);
    let pool = this.#pools.get(key);
    if (!pool) {
      pool = [-1, 0, 1].flatMap((east) =>
        [-1, 0, 1].flatMap(
          (north) =>
            this.#cells.get(
              cellOf({
                longitude: site.longitude + east * cell.longitude,
                latitude: site.latitude + north * cell.latitude,
              }),
            ) ?? [],
        ),
      );
      this.#pools.set(key, pool);
    }
    return pool;
  }
}

/** The self-employed work for each company. */
export function worksFor(guard: Guard, companyId: number): boolean {
  return guard.companyId === null || guard.companyId === companyId;
}

function metersTo(site: Point, { home }: Guard): number {
  return lengthMeters(stepBetween(site, home as Point));
}

function cellOf({ longitude, latitude }: Point): string {
  return `${Math.floor(longitude / cell.longitude)}/${Math.floor(latitude / cell.latitude)}`;
}

function weekOf(guard: Guard, span: Span): string {
  return `${guard.id}/${Math.floor((span.startAt / day + 3) / 7)}`;
}
