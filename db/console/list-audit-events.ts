import { and, asc, desc, eq, getTableColumns, gte, lt, type SQL, sql } from "drizzle-orm";

import type { ConsoleDatabase } from "../connections";
import { auditEvents, staff } from "./schema";

export type AuditOutcome = (typeof auditEvents.$inferSelect)["outcome"];

export type AuditRecord = typeof auditEvents.$inferSelect & {
  /** Null when nobody was signed in. */
  staffName: string | null;
  staffEmail: string | null;
};

export type AuditFilter = {
  action?: string;
  /** Email of the one who acted. */
  person?: string;
  outcome?: AuditOutcome;
  /** Part of the action, target, reason or request id, in any case. */
  text?: string;
  since?: Date;
  before?: Date;
};

const columns = { ...getTableColumns(auditEvents), staffName: staff.fullName, staffEmail: staff.email };

/**
 * Events of the trail, newest first, at most `limit`; those before the event `beforeId` where it is given.
 *
 * audit_events_at_idx, or audit_events_staff_id_at_idx with a person, read backwards until `limit` are found.
 */
export async function listAuditEvents(
  db: ConsoleDatabase,
  { filter, beforeId, limit }: { filter: AuditFilter; beforeId?: number; limit: number },
): Promise<AuditRecord[]> {
  const before = beforeId
    ? sql`(${auditEvents.at}, ${auditEvents.id}) < (select at, id from audit_events where id = ${beforeId})`
    : undefined;
  return db
    .select(columns)
    .from(auditEvents)
    .leftJoin(staff, eq(staff.id, auditEvents.staffId))
    .where(and(matches(filter), before))
    .orderBy(desc(auditEvents.at), desc(auditEvents.id))
    .limit(limit);
}

function matches({ action, person, outcome, text, since, before }: AuditFilter): SQL | undefined {
  return and(
    action ? eq(auditEvents.action, action) : undefined,
    person ? sql`${auditEvents.staffId} = (select id from staff where email = ${person.toLowerCase()})` : undefined,
    outcome ? eq(auditEvents.outcome, outcome) : undefined,
    since && gte(auditEvents.at, since),
    before && lt(auditEvents.at, before),
    text
      ? sql`strpos(lower(concat_ws(' ', ${auditEvents.action}, ${auditEvents.target}, ${auditEvents.reason}, ${auditEvents.requestId})), ${text.toLowerCase()}) > 0`
      : undefined,
  );
}

/** One event by its id; undefined where there is none. */
export async function getAuditEvent(db: ConsoleDatabase, id: number): Promise<AuditRecord | undefined> {
  const [row] = await db
    .select(columns)
    .from(auditEvents)
    .leftJoin(staff, eq(staff.id, auditEvents.staffId))
    .where(eq(auditEvents.id, id));
  return row;
}

/** The actions among the newest 10,000 events and everyone who has an account, each in alphabetical order. */
export async function listAuditChoices(
  db: ConsoleDatabase,
): Promise<{ actions: string[]; people: { email: string; fullName: string }[] }> {
  const newest = db
    .select({ action: auditEvents.action })
    .from(auditEvents)
    .orderBy(desc(auditEvents.at))
    .limit(10_000)
    .as("newest");
  const [actions, people] = await Promise.all([
    db.selectDistinct({ action: newest.action }).from(newest).orderBy(asc(newest.action)),
    db.select({ email: staff.email, fullName: staff.fullName }).from(staff).orderBy(asc(staff.fullName)),
  ]);
  return { actions: actions.map(({ action }) => action), people };
}
