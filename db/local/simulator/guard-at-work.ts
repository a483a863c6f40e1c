import { type CheckIn, tellCheckIns } from "../story/check-ins";
import { type GuardStory, tellGuardStory } from "../story/guard-story";
import { type Instant, minute } from "../story/instant";
import type { Pace } from "../story/pace";
import type { OpenShift } from "./open-shifts";

/** One guard on one shift, told as far as the present. */
export type GuardAtWork = {
  story: GuardStory;
  /** What reached the server after `afterAt` and up to `untilAt`. Each check-in comes once. */
  listCheckIns: (afterAt: Instant, untilAt: Instant) => CheckIn[];
};

const fullCadences = 12;

/** The stories of the guards who are at work; another guard or other times on a shift begin another story. */
export class GuardsAtWork {
  #known = new Map<string, GuardAtWork>();

  constructor(
    readonly seed: number,
    readonly pace: Pace,
  ) {}

  /** Undefined while nobody has the shift. */
  find(shift: OpenShift, at: Instant): GuardAtWork | undefined {
    const { id, professionalId, startAt, endAt, assignedAt } = shift;
    if (professionalId === null) return undefined;
    const key = `${id} ${professionalId} ${startAt} ${endAt} ${assignedAt}`;
    let guard = this.#known.get(key);
    if (!guard) {
      guard = this.#begin(shift, professionalId, at);
      this.#known.set(key, guard);
    }
    return guard;
  }

  /** Forgets all; what is still open is told again from its beginning and goes on where the database stands. */
  forget(): void {
    this.#known.clear();
  }

  get count(): number {
    return this.#known.size;
  }

  #begin(shift: OpenShift, professionalId: number, at: Instant): GuardAtWork {
    const { id: shiftId, startAt, endAt, locationId, point, radiusMeters, home } = shift;
    const assignedAt = shift.assignedAt ?? startAt - 24 * 60 * minute;
    const story = tellGuardStory(this.seed, { shiftId, professionalId, startAt, endAt, assignedAt }, this.pace);
    const thinning = { fullFrom: at - fullCadences * this.pace.cadenceMs, everyMs: 30 * minute };
    const checkIns = tellCheckIns(story, { locationId, point, radiusMeters }, home ?? undefined, thinning);
    let next = checkIns.next();
    return {
      story,
      listCheckIns: (afterAt, untilAt) => {
        const due: CheckIn[] = [];
        for (; !next.done && next.value.createdAt <= untilAt; next = checkIns.next()) {
          if (next.value.createdAt > afterAt) due.push(next.value);
        }
        return due;
      },
    };
  }
}
