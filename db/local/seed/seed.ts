import { openClient, type Sql } from "../../connections";
import { day } from "../story/instant";
import { Random } from "../story/random";
import { incidentRows, notificationRows, paymentRows } from "./aftermath";
import { type Cell, copyRows, instant, type Session } from "./copy";
import { drawPersonName, drawPhone, emailOf } from "./dutch-names";
import { drawerByPopulation, listDutchPlaces } from "./dutch-places";
import { drawUuid, hireGuards } from "./guards";
import { buildLocations } from "./locations";
import { foundClients, foundCompanies, type Organization } from "./organizations";
import { Roster } from "./roster";
import {
  checkInRows,
  guardUserRow,
  locationRows,
  organizationRows,
  professionalRows,
  shiftRows,
  type TableRows,
} from "./rows";
import { type SeededShift, seedShifts } from "./seeded-shifts";
import { locationCount, pastDays, type Size, scales } from "./sizes";
import { stageShifts } from "./staged-shifts";

export type SeedOptions = {
  size: Size;
  /** The same number, size and `asOf` give the same rows. */
  seed: number;
  /** Stands in for now: shifts before it are over, those around it are under way. */
  asOf: Date;
  onProgress?: (line: string) => void;
};

/** True when the SecuryFlex database holds any organization. */
export async function isSeeded(url: string): Promise<boolean> {
  return withClient(url, async (sql) => {
    const [row] = await sql<{ isSeeded: boolean }[]>`select exists (select from organizations) as "isSeeded"`;
    return row?.isSeeded ?? false;
  });
}

/**
 * Fills the migrated, empty SecuryFlex database at `url` with sixty days of Dutch shifts, all in one transaction, with
 * every constraint and trigger on. Needs a role that row level security does not hold back. Throws when rows are there.
 */
export async function seedSecuryflex(url: string, options: SeedOptions): Promise<void> {
  if (await isSeeded(url)) {
    throw new Error("Nothing was loaded: the database already holds organizations. Take an empty database.");
  }
  await withClient(url, async (sql) => {
    await sql.begin((transaction) => load(transaction, options));
    options.onProgress?.("statistics");
    await sql`analyze`;
  });
}

async function load(sql: Session, { size, seed, asOf: asOfDate, onProgress }: SeedOptions): Promise<void> {
  const asOf = asOfDate.getTime();
  const scale = scales[size];
  const before = asOf - pastDays * day;
  const places = await listDutchPlaces();
  const drawPlace = drawerByPopulation(places);
  const companies = foundCompanies(seed, places, before);
  const clients = foundClients(seed, { places, drawPlace, companies, foundedBefore: before });
  const organizations = [...companies, ...clients];
  const locations = buildLocations(seed, { count: locationCount, clients, drawPlace, builtBefore: before });
  const guards = hireGuards(seed, { count: scale.guardCount, companies, drawPlace, asOf, hiredBefore: before });
  const surroundings = { asOf, locations, roster: new Roster(guards), shiftsPerDay: scale.shiftsPerDay };
  const shifts: SeededShift[] = [...seedShifts(seed, surroundings)];
  const staged = stageShifts(seed, { ...surroundings, firstId: shifts.length + 1, countOfEach: scale.stagedOfEach });
  shifts.push(...staged);

  const users: TableRows = {
    columns: ["id", "organization_id", "role", "full_name", "email", "phone", "created_at"],
    rows: [
      ...organizations.flatMap((organization) => officeRows(seed, organization)),
      ...guards.map((guard) => guardUserRow(guard, drawPhone(new Random(seed, "phone", guard.id)))),
    ],
  };
  const tables: [table: string, label: string, content: TableRows][] = [
    ["organizations", "organizations", organizationRows(organizations)],
    ["users", "users", users],
    ["locations", "locations", locationRows(locations)],
    ["security_professionals", "guards", professionalRows(guards)],
    ["shifts", "shifts", shiftRows(shifts)],
    ["gps_checkins", "check-ins", checkInRows(shifts, asOf, scale)],
    ["incidents", "incidents", incidentRows(seed, shifts, asOf, scale.stagedOfEach)],
    ["finqle_transactions", "payments", paymentRows(seed, shifts, asOf)],
    ["notifications", "notifications", notificationRows(seed, shifts, asOf)],
  ];
  for (const [table, label, content] of tables) {
    const onRows = (count: number) => onProgress?.(`${count.toLocaleString("en")} ${label}`);
    await copyRows(sql, { table, ...content, onRows });
    if (table !== "users") await continueIdentity(sql, table);
  }
}

/** COPY writes ids without asking the sequence; the next insert asks it. */
async function continueIdentity(sql: Session, table: string): Promise<void> {
  await sql`
    select setval(pg_get_serial_sequence(${table}, 'id'), greatest((select max(id) from ${sql(table)}), 1))
  `;
}

/** The people at the desks of a company or client. */
function officeRows(seed: number, { id, kind, createdAt }: Organization): Cell[][] {
  const random = new Random(seed, "office", id);
  return Array.from({ length: random.integer(1, kind === "company" ? 4 : 2) }, (_, index) => {
    const name = drawPersonName(random);
    const email = emailOf(name, 100_000 + id * 10 + index);
    return [drawUuid(random), id, kind, `${name.first} ${name.last}`, email, drawPhone(random), instant(createdAt)];
  });
}

async function withClient<Result>(url: string, work: (sql: Sql) => Promise<Result>): Promise<Result> {
  const sql = openClient(url, { max: 1, applicationName: "securyflex-console seed" });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
