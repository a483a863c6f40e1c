import { and, desc, eq, gt, inArray, isNull, lt, ne } from "drizzle-orm";

import type { ConsoleDatabase } from "../connections";
import { sessions, staff } from "./schema";
import type { StaffMember } from "./staff";

export type Session = Omit<typeof sessions.$inferSelect, "tokenHash">;

const columns = {
  id: sessions.id,
  staffId: sessions.staffId,
  createdAt: sessions.createdAt,
  lastSeenAt: sessions.lastSeenAt,
  expiresAt: sessions.expiresAt,
  revokedAt: sessions.revokedAt,
  address: sessions.address,
  userAgent: sessions.userAgent,
};

/** Neither revoked, nor past its absolute limit, nor idle for too long, and its account may sign in. */
function isAlive({ asOf, idleSeconds }: { asOf: Date; idleSeconds: number }) {
  return and(
    isNull(sessions.revokedAt),
    gt(sessions.expiresAt, asOf),
    gt(sessions.lastSeenAt, new Date(asOf.getTime() - idleSeconds * 1000)),
    isNull(staff.disabledAt),
  );
}

export async function openSession(
  db: Pick<ConsoleDatabase, "insert">,
  session: {
    tokenHash: Buffer;
    staffId: string;
    asOf: Date;
    expiresAt: Date;
    address: string | null;
    userAgent: string | null;
  },
): Promise<string> {
  const { asOf, ...values } = session;
  const [row] = await db
    .insert(sessions)
    .values({ ...values, createdAt: asOf, lastSeenAt: asOf })
    .returning({ id: sessions.id });
  return (row as { id: string }).id;
}

/** The living session of a token and whose it is; undefined for any other. One probe of sessions_token_hash_key. */
export async function getSession(
  db: ConsoleDatabase,
  { tokenHash, asOf, idleSeconds }: { tokenHash: Buffer; asOf: Date; idleSeconds: number },
): Promise<{ session: Session; staff: StaffMember } | undefined> {
  const [row] = await db
    .select({ session: columns, staff })
    .from(sessions)
    .innerJoin(staff, eq(staff.id, sessions.staffId))
    .where(and(eq(sessions.tokenHash, tokenHash), isAlive({ asOf, idleSeconds })));
  return row;
}

/** Moves lastSeenAt forward where it is older than `everySeconds`, so that a page of many requests writes once. */
export async function touchSessions(
  db: ConsoleDatabase,
  { sessionIds, asOf, everySeconds }: { sessionIds: string[]; asOf: Date; everySeconds: number },
): Promise<void> {
  await db
    .update(sessions)
    .set({ lastSeenAt: asOf })
    .where(
      and(
        inArray(sessions.id, sessionIds),
        isNull(sessions.revokedAt),
        lt(sessions.lastSeenAt, new Date(asOf.getTime() - everySeconds * 1000)),
      ),
    );
}

/** Living sessions, of one account or of all, the one seen last first. */
export async function listSessions(
  db: ConsoleDatabase,
  { staffId, asOf, idleSeconds }: { staffId?: string; asOf: Date; idleSeconds: number },
): Promise<Session[]> {
  return db
    .select(columns)
    .from(sessions)
    .innerJoin(staff, eq(staff.id, sessions.staffId))
    .where(and(isAlive({ asOf, idleSeconds }), staffId ? eq(sessions.staffId, staffId) : undefined))
    .orderBy(desc(sessions.lastSeenAt), sessions.id);
}

/** Those of `sessionIds` that live. */
export async function listLivingSessions(
  db: ConsoleDatabase,
  { sessionIds, asOf, idleSeconds }: { sessionIds: string[]; asOf: Date; idleSeconds: number },
): Promise<string[]> {
  const rows = await db
    .select({ id: sessions.id })
    .from(sessions)
    .innerJoin(staff, eq(staff.id, sessions.staffId))
    .where(and(inArray(sessions.id, sessionIds), isAlive({ asOf, idleSeconds })));
  return rows.map(({ id }) => id);
}

/** Ends sessions of one account: one of them, all but one, or all. Returns the ids of those that this call ended. */
export async function revokeSessions(
  db: Pick<ConsoleDatabase, "update">,
  { staffId, only, except, asOf }: { staffId: string; only?: string; except?: string; asOf: Date },
): Promise<string[]> {
  const rows = await db
    .update(sessions)
    .set({ revokedAt: asOf })
    .where(
      and(
        eq(sessions.staffId, staffId),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, asOf),
        only ? eq(sessions.id, only) : undefined,
        except ? ne(sessions.id, except) : undefined,
      ),
    )
    .returning({ id: sessions.id });
  return rows.map(({ id }) => id);
}
