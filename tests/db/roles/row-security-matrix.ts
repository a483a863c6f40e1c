import { people } from "../../support/scene";

export type Person = keyof typeof people | "stranger" | "anonymous";
export const everybody: Person[] = [...(Object.keys(people) as (keyof typeof people)[]), "stranger", "anonymous"];

type Row = { key: string; seenBy: Person[]; updatedBy?: Person[] };
type Insert = { what: string; values: string; by: Person[] };
export type TableRights = { rows: Row[]; update: string; inserts: Insert[] };

const [ours, theirs] = [
  ["company", "client", "guard"],
  ["otherCompany", "otherClient", "otherGuard"],
] as const;
const numbered = (...seenBy: (readonly Person[])[]): Row[] =>
  seenBy.map((persons, position) => ({ key: String(position + 1), seenBy: [...persons] }));
const nobodyInserts = (...values: [what: string, values: string][]): Insert[] =>
  values.map(([what, text]) => ({ what, values: text, by: [] }));

const shiftOf = (company: number, client: number) =>
  `(company_id, client_id, location_id, start_datetime, end_datetime, hourly_rate)
   values (${company}, ${client}, 1, '2026-12-01T07:00:00Z', '2026-12-01T15:00:00Z', 30)`;
const checkinOf = (shift: number, guard: number) =>
  `(shift_id, professional_id, kind, gps_point, recorded_at)
   values (${shift}, ${guard}, 'ping', 'SRID=4326;POINT(4.9 52.4)', now())`;

/** Who may do what with which row of the scene. Whoever is not named may not. Nobody deletes. */
export const matrix: Record<string, TableRights> = {
  organizations: {
    rows: numbered(["company"], ["client"], ["otherCompany"], ["otherClient"]),
    update: "name = name",
    inserts: nobodyInserts(["an organization", "(name, kind) values ('Nieuw', 'company')"]),
  },
  users: {
    rows: Object.entries(people).map(([person, key]) => ({ key, seenBy: [person as Person] })),
    update: "full_name = full_name",
    inserts: nobodyInserts(["a user", "(role, full_name, email) values ('zzp', 'Nieuw', 'nieuw@zzp.example')"]),
  },
  locations: {
    rows: numbered(ours, [...theirs, "guard"]), // a published shift shows the guard where it is
    update: "name = name",
    inserts: nobodyInserts(
      [
        "a location of ours",
        `(organization_id, name, address, city, location_point) values (2, 'A', 'B', 'C', 'SRID=4326;POINT(5 52)')`,
      ],
      [
        "a location of theirs",
        `(organization_id, name, address, city, location_point) values (4, 'A', 'B', 'C', 'SRID=4326;POINT(5 52)')`,
      ],
    ),
  },
  security_professionals: {
    rows: numbered(["guard"], ["otherGuard"]),
    update: "guard_pass_valid_until = '2040-01-01'",
    inserts: nobodyInserts(["a profile", `(user_id) values ('${people.company}')`]),
  },
  shifts: {
    rows: numbered(
      ours,
      theirs,
      ["otherCompany", "otherClient", "guard", "otherGuard"],
      ["company", "client"],
      ["company", "client"],
    ),
    update: "hourly_rate = 499",
    inserts: nobodyInserts(["a shift of ours", shiftOf(1, 2)], ["a shift of theirs", shiftOf(3, 4)]),
  },
  gps_checkins: {
    rows: numbered(["guard"], ["otherGuard"]),
    update: "is_within_radius = true",
    inserts: [
      { what: "a check-in on shift 1 as guard 1", values: checkinOf(1, 1), by: ["guard"] },
      { what: "a check-in on shift 2 as guard 2", values: checkinOf(2, 2), by: ["otherGuard"] },
      { what: "a check-in on another's shift", values: checkinOf(2, 1), by: [] },
      { what: "a check-in as another", values: checkinOf(1, 2), by: [] },
      { what: "a check-in on an own shift that was cancelled", values: checkinOf(5, 1), by: [] },
    ],
  },
  incidents: {
    rows: numbered(ours, theirs),
    update: "severity = 'low'",
    inserts: [
      { what: "an incident on shift 1", values: "(shift_id, severity, summary) values (1, 'low', 'A')", by: ["guard"] },
      {
        what: "an incident on shift 2",
        values: "(shift_id, severity, summary) values (2, 'low', 'A')",
        by: ["otherGuard"],
      },
      {
        what: "an incident on a shift that was cancelled",
        values: "(shift_id, severity, summary) values (5, 'low', 'A')",
        by: [],
      },
    ],
  },
  finqle_transactions: {
    rows: numbered(["company", "guard"], ["otherCompany", "otherGuard"]),
    update: "status = 'approved'",
    inserts: nobodyInserts(
      ["a payment of ours", "(shift_id, professional_id, amount) values (1, 1, 10)"],
      ["a payment of theirs", "(shift_id, professional_id, amount) values (2, 2, 10)"],
    ),
  },
  notifications: {
    rows: (["guard", "otherGuard", "company", "client"] as const).map((person, position) => ({
      key: String(position + 1),
      seenBy: [person],
      updatedBy: [person],
    })),
    update: "read_at = now()",
    inserts: nobodyInserts(["a notification", `(user_id, type) values ('${people.guard}', 'hello')`]),
  },
  assignments: {
    rows: numbered(ours, theirs),
    update: "began_reason = 'reassigned'",
    inserts: nobodyInserts(
      ["an assignment of ours", "(shift_id, professional_id, began_reason) values (4, 1, 'assigned')"],
      ["an assignment of theirs", "(shift_id, professional_id, began_reason) values (3, 2, 'assigned')"],
    ),
  },
};
