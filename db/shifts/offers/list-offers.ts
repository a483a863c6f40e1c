import { and, asc, desc, eq, getTableColumns, inArray, isNotNull, lte, ne, or, sql } from "drizzle-orm";

import type { Database } from "../../connections";
import { opsOffers, securityProfessionals, shifts, users } from "../../schema";
import type { Offer } from "./end-offer";

export type ListedOffer = Offer & {
  guardName: string;
  phone: string | null;
  /** Who is asked next, in turn. */
  fallbackNames: string[];
};

/** Offers of a shift, newest first. ops_offers_shift_id_id_idx. */
export async function listShiftOffers(db: Pick<Database, "select">, shiftId: number): Promise<ListedOffer[]> {
  const rows = await db
    .select({ ...getTableColumns(opsOffers), guardName: users.fullName, phone: users.phone })
    .from(opsOffers)
    .innerJoin(securityProfessionals, eq(securityProfessionals.id, opsOffers.professionalId))
    .innerJoin(users, eq(users.id, securityProfessionals.userId))
    .where(eq(opsOffers.shiftId, shiftId))
    .orderBy(desc(opsOffers.id))
    .limit(40);
  const names = await nameGuards(db, [...new Set(rows.flatMap(({ fallbackIds }) => fallbackIds))]);
  return rows.map((row) => ({ ...row, fallbackNames: row.fallbackIds.map((id) => names.get(id) ?? `guard ${id}`) }));
}

/** Names of guards by their ids. */
export async function nameGuards(db: Pick<Database, "select">, guardIds: readonly number[]) {
  if (guardIds.length === 0) return new Map<number, string>();
  const rows = await db
    .select({ id: securityProfessionals.id, name: users.fullName })
    .from(securityProfessionals)
    .innerJoin(users, eq(users.id, securityProfessionals.userId))
    .where(inArray(securityProfessionals.id, [...guardIds]));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Open offers for which there is something to do by `asOf`: answered, run out, or of a shift that changed. */
export async function listDueOffers(db: Pick<Database, "select">, asOf: Date): Promise<Offer[]> {
  return db
    .select(getTableColumns(opsOffers))
    .from(opsOffers)
    .innerJoin(shifts, eq(shifts.id, opsOffers.shiftId))
    .where(
      and(
        eq(opsOffers.state, "open"),
        or(
          isNotNull(opsOffers.answer),
          lte(opsOffers.expiresAt, asOf),
          ne(shifts.version, sql`${opsOffers.shiftVersion}`),
        ),
      ),
    )
    .orderBy(asc(opsOffers.id))
    .limit(100);
}
