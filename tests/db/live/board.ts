import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";

import type { Database } from "../../../db/connections";
import * as schema from "../../../db/schema";

/** The minute that the tests call now. */
export const now = new Date("2026-11-22T13:00:00Z");

export function minutesFromNow(minutes: number): Date {
  return new Date(now.getTime() + minutes * 60_000);
}

/** SecuryFlex as its owner, who may write what the console only reads. */
export function openAsOwner(url: string): { db: Database; close: () => Promise<void> } {
  const client = postgres(url, { max: 1, prepare: false, onnotice: () => {} });
  return { db: drizzle(client, { schema }), close: () => client.end() };
}

/** North of the location, which stands on the Dam. */
export function metersNorth(meters: number) {
  return { longitude: 4.8926, latitude: 52.3731 + meters / 111_270 };
}

export type Cast = { companyId: number; clientId: number; locationId: number; guardId: number; otherGuardId: number };

/** A company, a client with one location of 50 m on the Dam, and two guards with valid papers. */
export async function engageCast(db: Database): Promise<Cast> {
  const [company, client] = await db
    .insert(schema.organizations)
    .values([
      { name: "Vesting Beveiliging", kind: "company" },
      { name: "Hotel De Kroon", kind: "client" },
    ])
    .returning({ id: schema.organizations.id });
  const [location] = await db
    .insert(schema.locations)
    .values({
      organizationId: client?.id as number,
      name: "De Kroon, front desk",
      address: "Dam 9",
      city: "Amsterdam",
      region: "Noord-Holland",
      locationPoint: metersNorth(0),
      radiusMeters: 50,
    })
    .returning({ id: schema.locations.id });
  const guardId = await hireGuard(db, "Sanne Bakker");
  const otherGuardId = await hireGuard(db, "Tim de Boer");
  return {
    companyId: company?.id as number,
    clientId: client?.id as number,
    locationId: location?.id as number,
    guardId,
    otherGuardId,
  };
}

/** A guard with valid papers. Returns the id. */
export async function hireGuard(db: Database, fullName: string): Promise<number> {
  const [user] = await db
    .insert(schema.users)
    .values({ role: "zzp", fullName, email: `${fullName.replaceAll(" ", ".")}@example.nl` })
    .returning({ id: schema.users.id });
  const [guard] = await db
    .insert(schema.securityProfessionals)
    .values({
      userId: user?.id as string,
      vcaCertificate: { valid_until: "2030-01-01" },
      guardPassColour: "grey",
      guardPassValidUntil: new Date("2030-01-01T00:00:00Z"),
    })
    .returning({ id: schema.securityProfessionals.id });
  return guard?.id as number;
}

export type ShiftValues = Partial<typeof schema.shifts.$inferInsert>;

/** From `from` to `to` minutes from now; assigned to the first guard unless `values` say otherwise. */
export async function planShift(
  db: Database,
  cast: Cast,
  { from, to, ...values }: { from: number; to: number } & ShiftValues,
): Promise<number> {
  const [shift] = await db
    .insert(schema.shifts)
    .values({
      companyId: cast.companyId,
      clientId: cast.clientId,
      locationId: cast.locationId,
      professionalId: cast.guardId,
      status: "assigned",
      startDatetime: minutesFromNow(from),
      endDatetime: minutesFromNow(to),
      hourlyRate: "30.00",
      ...values,
    })
    .returning({ id: schema.shifts.id });
  return shift?.id as number;
}

/** A check-in of `at` minutes from now, `meters` from the centre, heard at once. */
export async function checkIn(
  db: Database,
  {
    shiftId,
    guardId,
    at,
    meters,
    kind = "ping",
    accuracyMeters = 10,
  }: {
    shiftId: number;
    guardId: number;
    at: number;
    meters: number;
    kind?: "in" | "ping" | "out";
    accuracyMeters?: number;
  },
): Promise<void> {
  const isInside = meters + accuracyMeters <= 50;
  const isOutside = meters - accuracyMeters > 50;
  await db.insert(schema.gpsCheckins).values({
    shiftId,
    professionalId: guardId,
    kind,
    gpsPoint: metersNorth(meters),
    accuracyMeters,
    isWithinRadius: isInside ? true : isOutside ? false : null,
    recordedAt: minutesFromNow(at),
    createdAt: minutesFromNow(at),
  });
}
