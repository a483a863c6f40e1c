import { completedAt, type GuardStory } from "./guard-story";
import type { Instant } from "./instant";
import type { CancelReason, ShiftStory } from "./shift-story";

export type ShiftStatus = "draft" | "published" | "assigned" | "active" | "completed" | "cancelled";

/** How a shift stands, in the words of its row. Null for what has not happened. */
export type ShiftStanding = {
  status: ShiftStatus;
  publishedAt: Instant | null;
  assignedAt: Instant | null;
  cancelledAt: Instant | null;
  cancelReason: CancelReason | null;
  completedAt: Instant | null;
  /** Changes of the row since it was a draft. */
  changeCount: number;
  /** Of the last change; null when there was none. */
  changedAt: Instant | null;
};

/** How a shift stands at `at` when both stories went their way; no guard story when nobody has the shift. */
export function standingAt(at: Instant, shift: ShiftStory, guard: GuardStory | undefined): ShiftStanding {
  return listStandings(at, shift, guard).at(-1) as ShiftStanding;
}

/** How it stood from the draft on, each until the `changedAt` of the next; the last is how it stands at `at`. */
export function listStandings(at: Instant, shift: ShiftStory, guard: GuardStory | undefined): ShiftStanding[] {
  let standing: ShiftStanding = {
    status: "draft",
    publishedAt: null,
    assignedAt: null,
    cancelledAt: null,
    cancelReason: null,
    completedAt: null,
    changeCount: 0,
    changedAt: null,
  };
  const standings = [standing];
  const change = (changedAt: Instant, changes: Partial<ShiftStanding>) => {
    standing = { ...standing, ...changes, changedAt, changeCount: standing.changeCount + 1 };
    standings.push(standing);
  };
  const cancel = (cancelledAt: Instant, cancelReason: CancelReason) => {
    change(cancelledAt, { status: "cancelled", cancelledAt, cancelReason });
    return standings;
  };

  if (at < shift.publishedAt) return standings;
  change(shift.publishedAt, { status: "published", publishedAt: shift.publishedAt });

  const assignedAt = guard?.assignment.assignedAt;
  const { withdrawal } = shift;
  if (guard && assignedAt !== undefined && at >= assignedAt && !(withdrawal && withdrawal.at <= assignedAt)) {
    change(assignedAt, { status: "assigned", assignedAt });
  }
  if (withdrawal && at >= withdrawal.at) return cancel(withdrawal.at, withdrawal.reason);
  if (standing.status === "published") {
    return at >= shift.givenUpAt ? cancel(shift.givenUpAt, "no guard available") : standings;
  }
  if (guard?.arrivesAt === undefined) {
    return guard && at >= guard.givenUpAt ? cancel(guard.givenUpAt, "no-show") : standings;
  }
  if (at >= guard.arrivesAt) change(guard.arrivesAt, { status: "active" });
  const endsAt = completedAt(guard);
  if (at >= endsAt) change(endsAt, { status: "completed", completedAt: endsAt });
  return standings;
}
