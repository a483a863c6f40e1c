import { asc, isNotNull } from "drizzle-orm";

import type { Database } from "../connections";
import { locations, organizations } from "../schema";

export type ShiftChoices = {
  clients: { id: number; name: string }[];
  companies: { id: number; name: string }[];
  regions: string[];
};

/** Everyone that shifts can be narrowed to, by name. Hundreds of organizations and the dozen regions of all locations. */
export async function listShiftChoices(db: Database): Promise<ShiftChoices> {
  const [parties, regions] = await Promise.all([
    db
      .select({ id: organizations.id, name: organizations.name, kind: organizations.kind })
      .from(organizations)
      .orderBy(asc(organizations.name), asc(organizations.id)),
    db
      .selectDistinct({ region: locations.region })
      .from(locations)
      .where(isNotNull(locations.region))
      .orderBy(asc(locations.region)),
  ]);
  const ofKind = (kind: "client" | "company") =>
    parties.filter((party) => party.kind === kind).map(({ id, name }) => ({ id, name }));
  return {
    clients: ofKind("client"),
    companies: ofKind("company"),
    regions: regions.map(({ region }) => region as string),
  };
}
