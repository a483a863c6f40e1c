import { completedAt } from "../story/guard-story";
import type { Instant } from "../story/instant";
import { tellShiftStory } from "../story/shift-story";
import type { ShiftChange } from "./change-shift";
import type { GuardAtWork } from "./guard-at-work";
import type { ChangingShift } from "./open-shifts";

/**
 * The one change that is due at `at` for a shift as the database has it; undefined when it stays as it is.
 * `checkedInAt` is the newest check-in that reached the server: a shift becomes active with its `in`.
 */
export function findNextChange(
  seed: number,
  shift: ChangingShift,
  guard: GuardAtWork | undefined,
  { at, checkedInAt }: { at: Instant; checkedInAt: Instant },
): ShiftChange | undefined {
  const { id: shiftId, status, startAt, endAt } = shift;
  const publishedAt = shift.publishedAt ?? undefined;
  const story = tellShiftStory(seed, { shiftId, startAt, endAt, publishedAt });
  if (status === "draft") return at >= story.publishedAt ? { to: "published", at: story.publishedAt } : undefined;

  const { withdrawal } = story;
  const isWithdrawn = withdrawal && at >= withdrawal.at && withdrawal.at >= (shift.assignedAt ?? 0);
  if (isWithdrawn && status !== "active") return { to: "cancelled", ...withdrawal };
  if (status === "published") {
    if (at >= story.givenUpAt && (story.fillsAt === undefined || story.fillsAt > story.givenUpAt)) {
      return { to: "cancelled", at: story.givenUpAt, reason: "no guard available" };
    }
    return story.fillsAt !== undefined && at >= story.fillsAt ? { to: "assigned", at: story.fillsAt } : undefined;
  }
  if (!guard) return undefined;
  const { arrivesAt, givenUpAt } = guard.story;
  if (status === "active") return at >= completedAt(guard.story) ? { to: "completed" } : undefined;
  if (arrivesAt !== undefined && checkedInAt > arrivesAt) return { to: "active" };
  if (arrivesAt === undefined && at >= givenUpAt) return { to: "cancelled", at: givenUpAt, reason: "no-show" };
  return undefined;
}
