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
  const standing: ShiftStanding = {
    status: "draft",
    publishedAt: null,
    assignedAt: null,
    cancelledAt: null,
    cancelReason: null,
    completedAt: null,
    changeCount: 0,
    changedAt: null,
  };
  const change = (changedAt: Instant, changes: Partial<ShiftStanding>) => {
    Object.assign(standing, changes, { changedAt, changeCount: standing.changeCount + 1 });
  };
  const cancel = (cancelledAt: Instant, cancelReason: CancelReason) =>
    change(cancelledAt, { status: "cancelled", cancelledAt, cancelReason });

  if (at < shift.publishedAt) return standing;
  change(shift.publishedAt, { status: "published", publishedAt: shift.publishedAt });

  const assignedAt = guard?.assignment.assignedAt;
  const { withdrawal } = shift;
  if (guard && assignedAt !== undefined && at >= assignedAt && !(withdrawal && withdrawal.at <= assignedAt)) {
    change(assignedAt, { status: "assigned", assignedAt });
  }
  if (withdrawal && at >= withdrawal.at) {
    cancel(withdrawal.at, withdrawal.reason);
    return standing;
  }
  if (standing.status === "published") {
    if (at >= shift.givenUpAt) cancel(shift.givenUpAt, "no guard available");
    return standing;
  }
  if (guard?.arrivesAt === undefined) {
    if (guard && at >= guard.givenUpAt) cancel(guard.givenUpAt, "no-show");
    return standing;
  }
  if (at >= guard.arrivesAt) change(guard.arrivesAt, { status: "active" });
  const endsAt = completedAt(guard);
  if (at >= endsAt) change(endsAt, { status: "completed", completedAt: endsAt });
  return standing;
}
