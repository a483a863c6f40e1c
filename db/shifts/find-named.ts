import { eq, ilike, or } from "drizzle-orm";

import type { Database } from "../connections";
import { locations, organizations, securityProfessionals, users } from "../schema";

export type NamedIds = {
  guardIds: readonly number[];
  locationIds: readonly number[];
  /** Clients and companies. */
  organizationIds: readonly number[];
};

/** Whose name, or whose city, holds `text` in any case. Reads the names of all: some thousands of short rows. */
export async function findNamed(db: Database, text: string): Promise<NamedIds> {
  const [guardIds, locationIds, organizationIds] = await Promise.all([
    findGuards(db, text),
    findLocations(db, text),
    db
      .select({ id: organizations.id })
      .from(organizations)
      .where(ilike(organizations.name, patternOf(text))),
  ]);
  return { guardIds, locationIds, organizationIds: organizationIds.map(({ id }) => id) };
}

/** Guards whose name holds `text` in any case. */
export async function findGuards(db: Database, text: string): Promise<number[]> {
  const rows = await db
    .select({ id: securityProfessionals.id })
    .from(securityProfessionals)
    .innerJoin(users, eq(users.id, securityProfessionals.userId))
    .where(ilike(users.fullName, patternOf(text)));
  return rows.map(({ id }) => id);
}

/** Locations whose name or city holds `text` in any case. */
export async function findLocations(db: Database, text: string): Promise<number[]> {
  const rows = await db
    .select({ id: locations.id })
    .from(locations)
    .where(or(ilike(locations.name, patternOf(text)), ilike(locations.city, patternOf(text))));
  return rows.map(({ id }) => id);
}

function patternOf(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}
