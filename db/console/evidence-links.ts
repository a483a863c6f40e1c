import { desc, eq, sql } from "drizzle-orm";
import { bigint, check, index, integer, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

import type { ConsoleDatabase } from "../connections";
import { operationRuns } from "./operations";
import { staff } from "./schema";

const instant = (name: string) => timestamp(name, { withTimezone: true });

/** Links under which one shift may be read by somebody who has no account. The address is derived, not stored. */
export const evidenceLinks = pgTable(
  "evidence_links",
  {
    /** The run that made it. */
    id: uuid("id")
      .primaryKey()
      .references(() => operationRuns.id),
    shiftId: bigint("shift_id", { mode: "number" }).notNull(),
    /** Who it was made for, in words. */
    recipient: text("recipient").notNull(),
    sharedAt: instant("shared_at").notNull().defaultNow(),
    expiresAt: instant("expires_at").notNull(),
    /** Null until somebody ended it before its time. */
    endedAt: instant("ended_at"),
    openedCount: integer("opened_count").notNull().default(0),
    /** Null until somebody opened it. */
    lastOpenedAt: instant("last_opened_at"),
  },
  (table) => [
    index("evidence_links_shift_id_idx").on(table.shiftId),
    check("valid_recipient", sql`char_length(${table.recipient}) between 2 and 120`),
    check(
      "at_most_30_days",
      sql`${table.expiresAt} > ${table.sharedAt} and ${table.expiresAt} <= ${table.sharedAt} + interval '30 days'`,
    ),
    check("opened_has_time", sql`(${table.openedCount} = 0) = (${table.lastOpenedAt} is null)`),
  ],
);

export type EvidenceLink = typeof evidenceLinks.$inferSelect;

/** Neither ended nor run out. */
export function isOpenLink({ endedAt, expiresAt }: Pick<EvidenceLink, "endedAt" | "expiresAt">, asOf: Date): boolean {
  return endedAt === null && expiresAt > asOf;
}

/** Undefined where there is none. By primary key. */
export async function getEvidenceLink(
  db: Pick<ConsoleDatabase, "select">,
  id: string,
): Promise<EvidenceLink | undefined> {
  const [link] = await db.select().from(evidenceLinks).where(eq(evidenceLinks.id, id));
  return link;
}

/** The newest 50 links of a shift with who made them, newest first. evidence_links_shift_id_idx. */
export async function listEvidenceLinks(
  db: ConsoleDatabase,
  shiftId: number,
): Promise<(EvidenceLink & { sharedBy: string | null })[]> {
  const rows = await db
    .select({ link: evidenceLinks, sharedBy: staff.fullName })
    .from(evidenceLinks)
    .innerJoin(operationRuns, eq(operationRuns.id, evidenceLinks.id))
    .leftJoin(staff, eq(staff.id, operationRuns.requestedBy))
    .where(eq(evidenceLinks.shiftId, shiftId))
    .orderBy(desc(evidenceLinks.sharedAt))
    .limit(50);
  return rows.map(({ link, sharedBy }) => ({ ...link, sharedBy }));
}

/** Counts one more opening. */
export async function countOpening(db: Pick<ConsoleDatabase, "update">, id: string, asOf: Date): Promise<void> {
  await db
    .update(evidenceLinks)
    .set({ openedCount: sql`${evidenceLinks.openedCount} + 1`, lastOpenedAt: asOf })
    .where(eq(evidenceLinks.id, id));
}
