import { and, asc, eq, or, sql } from "drizzle-orm";

import type { ConsoleDatabase } from "../connections";
import { recordAuditEvent } from "./record-audit-event";
import { savedViews, staff } from "./schema";

export type SavedView = typeof savedViews.$inferSelect;
export type ViewRoom = SavedView["room"];
export type ListedView = SavedView & { ownerName: string };

/** Views that one person may keep in one room. */
export const mostViews = 50;

/** A view was not saved or changed. The message says why. */
export class ViewError extends Error {}

const notOwn = "Nothing was changed: no view of yours is the one you meant. It may have been deleted.";

type Actor = { staffId: string; requestId: string | null };

/** The person's own views of a room and those that others share, by name. */
export async function listViews(
  db: ConsoleDatabase,
  { room, staffId }: { room: ViewRoom; staffId: string },
): Promise<ListedView[]> {
  const rows = await db
    .select({ view: savedViews, ownerName: staff.fullName })
    .from(savedViews)
    .innerJoin(staff, eq(staff.id, savedViews.staffId))
    .where(and(eq(savedViews.room, room), or(eq(savedViews.staffId, staffId), savedViews.isShared)))
    .orderBy(asc(sql`lower(${savedViews.name})`), asc(savedViews.id));
  return rows.map(({ view, ownerName }) => ({ ...view, ownerName }));
}

/** Sharing is on record. Throws ViewError where the person has a view of this name, or as many as they may. */
export async function saveView(
  db: ConsoleDatabase,
  { staffId, requestId, ...view }: Actor & Pick<SavedView, "room" | "name" | "search" | "isShared">,
): Promise<SavedView> {
  return refusingTheSameName(view.name, () =>
    db.transaction(async (transaction) => {
      // Of two that are saved at one moment the second waits and counts the first.
      await transaction.execute(sql`select from ${staff} where id = ${staffId} for no key update`);
      const owned = and(eq(savedViews.staffId, staffId), eq(savedViews.room, view.room));
      if ((await transaction.$count(savedViews, owned)) >= mostViews) {
        throw new ViewError(`Nothing was saved: you have ${mostViews} views in this room. Delete one first.`);
      }
      const [saved] = await transaction
        .insert(savedViews)
        .values({ ...view, staffId })
        .returning();
      if (view.isShared) await record(transaction, "view.share", saved as SavedView, requestId);
      return saved as SavedView;
    }),
  );
}

/**
 * Changes a view of the person's own; what is left out stays. What happens to a shared view is on record. Throws
 * ViewError where they own none of this id in the room, or another of theirs has the name.
 */
export async function changeView(
  db: ConsoleDatabase,
  {
    staffId,
    requestId,
    room,
    id,
    ...change
  }: Actor & { room: ViewRoom; id: number } & Partial<Pick<SavedView, "name" | "search" | "isShared">>,
): Promise<SavedView> {
  return refusingTheSameName(change.name ?? "", () =>
    db.transaction(async (transaction) => {
      const own = and(eq(savedViews.id, id), eq(savedViews.staffId, staffId), eq(savedViews.room, room));
      const [before] = await transaction.select().from(savedViews).where(own).for("update");
      if (!before) throw new ViewError(notOwn);
      const { name = before.name, search = before.search, isShared = before.isShared } = change;
      const [after] = await transaction.update(savedViews).set({ name, search, isShared }).where(own).returning();
      const changed = after as SavedView;
      if (before.isShared !== changed.isShared) {
        await record(transaction, changed.isShared ? "view.share" : "view.unshare", changed, requestId);
      } else if (changed.isShared) await record(transaction, "view.change", changed, requestId);
      return changed;
    }),
  );
}

/** Deletes a view of the person's own. Throws ViewError where they own none of this id in the room. */
export async function deleteView(
  db: ConsoleDatabase,
  { staffId, requestId, room, id }: Actor & { room: ViewRoom; id: number },
): Promise<SavedView> {
  return db.transaction(async (transaction) => {
    const [deleted] = await transaction
      .delete(savedViews)
      .where(and(eq(savedViews.id, id), eq(savedViews.staffId, staffId), eq(savedViews.room, room)))
      .returning();
    if (!deleted) throw new ViewError(notOwn);
    if (deleted.isShared) await record(transaction, "view.unshare", deleted, requestId);
    return deleted;
  });
}

function record(
  db: Pick<ConsoleDatabase, "insert">,
  action: string,
  { id, staffId, room, name, search }: SavedView,
  requestId: string | null,
) {
  const details = { room, name, search };
  return recordAuditEvent(db, { staffId, action, target: `view:${id}`, outcome: "done", details, requestId });
}

const uniqueViolation = "23505";

async function refusingTheSameName<Result>(name: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    if ((cause as { code?: unknown }).code !== uniqueViolation) throw error;
    throw new ViewError(`Nothing was saved: you have a view called “${name}” in this room. Choose another name.`);
  }
}
