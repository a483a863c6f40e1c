import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";

import { type ConsoleDatabase, type Database, openClient, type Sql } from "../../../db/connections";
import * as consoleSchema from "../../../db/console/schema";
import { type Environment, loginUrl } from "../../../db/environment";
import * as schema from "../../../db/schema";
import type { Ground } from "../../../db/sla/freeze-range";
import { cloneDatabases, type TestDatabases } from "../../support/databases";
import { type Cast, engageCast, metersNorth, openAsOwner } from "../live/board";
import { type RawShift, verdict } from "./retell";

export type SlaStage = {
  environment: Environment;
  owner: Database;
  /** The console's database as the login that serves requests. */
  app: Sql;
  appDb: ConsoleDatabase;
  appOwner: Sql;
  ground: Ground;
  guards: [number, number];
  clear: () => Promise<void>;
  /** Returns the ids of the shifts, in order. */
  play: (shifts: readonly RawShift[]) => Promise<number[]>;
  end: () => Promise<void>;
};

/** Both databases, those that are given or new ones, with two guards and two clients, one in Amsterdam and one on Bonaire. */
export async function openSlaStage(given?: TestDatabases): Promise<SlaStage> {
  const databases = given ?? (await cloneDatabases());
  const { environment } = databases;
  const { db: owner, close } = openAsOwner(environment.DATABASE_URL as string);
  const open = (login: "console_read" | "console_app" | "console_owner") =>
    openClient(loginUrl(environment, login), { max: 2, applicationName: "tests" });
  const [readClient, app, appClient, appOwner] = [
    open("console_read"),
    open("console_app"),
    open("console_app"),
    open("console_owner"),
  ];
  const cast = await engageCast(owner);
  const away = await engageAway(owner);
  const guards: [number, number] = [cast.guardId, cast.otherGuardId];
  return {
    environment,
    owner,
    app,
    appDb: drizzle(appClient, { schema: consoleSchema }),
    appOwner,
    ground: {
      securyflex: drizzle(readClient, { schema }),
      write: async (work) => (await app.begin((transaction) => work(transaction as unknown as Sql))) as never,
    },
    guards,
    clear: async () => {
      await owner.execute(sql`truncate shifts, gps_checkins, incidents, assignments, finqle_transactions cascade`);
      await appOwner`truncate sla_shift_facts, sla_assignment_facts, sla_live_shift_facts, sla_progress, unobserved_spans`;
    },
    play: (raw) => play({ owner, app, guards, cast, away }, raw),
    end: async () => {
      await Promise.all([close(), ...[readClient, app, appClient, appOwner].map((client) => client.end())]);
      if (!given) await databases.drop();
    },
  };
}

type Away = { clientId: number; locationId: number };

async function engageAway(owner: Database): Promise<Away> {
  const [client] = await owner
    .insert(schema.organizations)
    .values({ name: "Rijk Kralendijk", kind: "client" })
    .returning({ id: schema.organizations.id });
  const clientId = client?.id as number;
  const [location] = await owner
    .insert(schema.locations)
    .values({
      organizationId: clientId,
      name: "Kralendijk",
      address: "Kaya Grandi 1",
      city: "Kralendijk",
      locationPoint: metersNorth(0),
      radiusMeters: 50,
      timeZone: "America/Kralendijk",
    })
    .returning({ id: schema.locations.id });
  return { clientId, locationId: location?.id as number };
}

async function play(
  { owner, app, guards, cast, away }: { owner: Database; app: Sql; guards: [number, number]; cast: Cast; away: Away },
  raw: readonly RawShift[],
): Promise<number[]> {
  const instant = (at: number) => new Date(at);
  const orNull = (at: number | null) => (at === null ? null : new Date(at));
  const rows = await owner
    .insert(schema.shifts)
    .values(
      raw.map((one) => ({
        companyId: cast.companyId,
        ...(one.zone === "Europe/Amsterdam" ? { clientId: cast.clientId, locationId: cast.locationId } : away),
        status: one.status,
        startDatetime: instant(one.start),
        endDatetime: instant(one.end),
        headcount: one.headcount,
        hourlyRate: "30.00",
        cancelReason: one.reason,
        publishedAt: orNull(one.published),
        cancelledAt: orNull(one.cancelled),
      })),
    )
    .returning({ id: schema.shifts.id });
  const ids = rows.map(({ id }) => id);
  const each = <Row>(tell: (one: RawShift, shiftId: number) => Row[]) =>
    raw.flatMap((one, index) => tell(one, ids[index] as number));
  const assignments = each((one, shiftId) =>
    one.assignments.map(({ guard, began, ended }) => ({
      shiftId,
      professionalId: guards[guard] as number,
      beganAt: orNull(began),
      beganReason: "assigned",
      endedAt: orNull(ended),
      endedReason: ended === null ? null : "unassigned",
    })),
  );
  const checkins = each((one, shiftId) =>
    one.checkins.map((checkin) => {
      const isWithin = { in: true, out: false, "?": null }[verdict(checkin, 50)];
      return {
        shiftId,
        professionalId: guards[checkin.guard] as number,
        kind: checkin.kind,
        gpsPoint: metersNorth(checkin.metres),
        accuracyMeters: checkin.accuracy,
        isWithinRadius: isWithin,
        recordedAt: instant(checkin.recorded),
        createdAt: instant(checkin.created),
      };
    }),
  );
  const incidents = each((one, shiftId) =>
    one.incidents.map(({ reported, acknowledged, onScene }) => ({
      shiftId,
      severity: "high" as const,
      summary: "Broken glass",
      reportedAt: instant(reported),
      acknowledgedAt: orNull(acknowledged),
      onSceneAt: orNull(onScene),
    })),
  );
  const spans = each((one, shiftId) =>
    one.outages.map(([from, until]) => ({ shift_id: shiftId, from_at: instant(from), until_at: instant(until) })),
  );
  if (assignments.length > 0) await owner.insert(schema.assignments).values(assignments);
  for (let at = 0; at < checkins.length; at += 2000) {
    await owner.insert(schema.gpsCheckins).values(checkins.slice(at, at + 2000));
  }
  if (incidents.length > 0) await owner.insert(schema.incidents).values(incidents);
  if (spans.length > 0) await app`insert into unobserved_spans ${app(spans)}`;
  return ids;
}
