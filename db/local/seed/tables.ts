import { day, type Instant } from "../story/instant";
import { Random } from "../story/random";
import { incidentRows, notificationRows, paymentRows } from "./aftermath";
import { type Cell, instant } from "./copy";
import { drawPersonName, drawPhone, emailOf } from "./dutch-names";
import { drawerByPopulation, listDutchPlaces } from "./dutch-places";
import { drawUuid, hireGuards } from "./guards";
import { endedAssignmentRows, shiftHistoryRows } from "./history";
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
import { locationCount, pastDays, type Scale } from "./sizes";
import { stageShifts } from "./staged-shifts";

export type TableContent = TableRows & { table: string; label: string };

/**
 * All rows of the demonstration, in the order in which foreign keys let them in. A pure function of its parameters.
 * Check-ins are drawn while they are read; the rest stands in memory.
 */
export async function drawTables({
  seed,
  scale,
  asOf,
}: {
  seed: number;
  scale: Scale;
  asOf: Instant;
}): Promise<TableContent[]> {
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
  return [
    { table: "organizations", label: "organizations", ...organizationRows(organizations) },
    { table: "users", label: "users", ...users },
    { table: "locations", label: "locations", ...locationRows(locations) },
    { table: "security_professionals", label: "guards", ...professionalRows(guards) },
    { table: "shifts", label: "shifts", ...shiftRows(shifts) },
    { table: "assignments", label: "assignments that ended", ...endedAssignmentRows(seed, shifts, asOf) },
    { table: "ops_shift_history", label: "changes of shifts", ...shiftHistoryRows(shifts, asOf) },
    { table: "gps_checkins", label: "check-ins", ...checkInRows(shifts, asOf, scale) },
    { table: "incidents", label: "incidents", ...incidentRows(seed, shifts, asOf, scale.stagedOfEach) },
    { table: "finqle_transactions", label: "payments", ...paymentRows(seed, shifts, asOf) },
    { table: "notifications", label: "notifications", ...notificationRows(seed, shifts, asOf) },
  ];
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
