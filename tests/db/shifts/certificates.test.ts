import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { openClient, type Sql } from "../../../db/connections";
import { explainRefusal } from "../../../db/shifts/explain-refusal";
import { cloneDatabases, type TestDatabases } from "../../support/databases";
import { playScene } from "../../support/scene";

/** A VCA certificate as it is stored, and the instant at which it ends; null is not valid. */
const written: [what: string, certificate: string | null, endsAt: string | null][] = [
  [
    "an ISO date lasts to the end of that day in Amsterdam, in winter",
    '{"valid_until": "2026-11-22"}',
    "2026-11-22T23:00:00Z",
  ],
  [
    "an ISO date lasts to the end of that day in Amsterdam, in summer",
    '{"valid_until": "2026-07-01"}',
    "2026-07-01T22:00:00Z",
  ],
  ["the day of 23 hours", '{"valid_until": "2026-03-29"}', "2026-03-29T22:00:00Z"],
  ["the day before the day of 23 hours", '{"valid_until": "2026-03-28"}', "2026-03-28T23:00:00Z"],
  ["the day of 25 hours", '{"valid_until": "2026-10-25"}', "2026-10-25T23:00:00Z"],
  ["the day before the day of 25 hours", '{"valid_until": "2026-10-24"}', "2026-10-24T22:00:00Z"],
  ["a leap day", '{"valid_until": "2028-02-29"}', "2028-02-29T23:00:00Z"],
  ["the last day of a year", '{"valid_until": "2026-12-31"}', "2026-12-31T23:00:00Z"],
  ["a timestamp in UTC", '{"valid_until": "2026-11-22T15:00:00Z"}', "2026-11-22T15:00:00Z"],
  ["a timestamp of Amsterdam", '{"valid_until": "2026-11-22T16:00:00+01:00"}', "2026-11-22T15:00:00Z"],
  ["a timestamp of New York", '{"valid_until": "2026-11-22T10:00:00-05:00"}', "2026-11-22T15:00:00Z"],
  ["a timestamp of Mumbai", '{"valid_until": "2026-11-22T20:30:00+0530"}', "2026-11-22T15:00:00Z"],
  ["a zone of hours alone", '{"valid_until": "2026-11-22T16:00:00+01"}', "2026-11-22T15:00:00Z"],
  ["a timestamp without seconds", '{"valid_until": "2026-11-22T15:00Z"}', "2026-11-22T15:00:00Z"],
  ["fractions of a second", '{"valid_until": "2026-11-22T15:00:00.5Z"}', "2026-11-22T15:00:00.500Z"],
  ["further keys", '{"valid_until": "2026-11-22", "number": 7}', "2026-11-22T23:00:00Z"],

  ["a Dutch date", '{"valid_until": "31-12-2020"}', null],
  ["an American date", '{"valid_until": "12/31/2030"}', null],
  ["a word", '{"valid_until": "unknown"}', null],
  ["infinity", '{"valid_until": "infinity"}', null],
  ["today, as a word that PostgreSQL knows", '{"valid_until": "tomorrow"}', null],
  ["an empty text", '{"valid_until": ""}', null],
  ["a missing key", "{}", null],
  ["another key", '{"validUntil": "2030-01-01"}', null],
  ["null", '{"valid_until": null}', null],
  ["a number of the year", '{"valid_until": 2030}', null],
  ["a number of seconds", '{"valid_until": 1893456000}', null],
  ["true", '{"valid_until": true}', null],
  ["a nested date", '{"valid_until": {"date": "2030-01-01"}}', null],
  ["a list", '{"valid_until": ["2030-01-01"]}', null],
  ["30 February", '{"valid_until": "2026-02-30"}', null],
  ["29 February of no leap year", '{"valid_until": "2027-02-29"}', null],
  ["month 13", '{"valid_until": "2026-13-01"}', null],
  ["day 0", '{"valid_until": "2026-01-00"}', null],
  ["year 0", '{"valid_until": "0000-01-01"}', null],
  ["hour 24", '{"valid_until": "2030-01-01T24:00:00Z"}', null],
  ["minute 60", '{"valid_until": "2030-01-01T12:60:00Z"}', null],
  ["30 February with a time", '{"valid_until": "2030-02-30T12:00:00Z"}', null],
  ["a zone that is none", '{"valid_until": "2030-01-01T12:00:00+25:00"}', null],
  ["a timestamp without zone", '{"valid_until": "2030-01-01T12:00:00"}', null],
  ["a timestamp with a blank", '{"valid_until": "2030-01-01 12:00:00Z"}', null],
  ["a zone by its name", '{"valid_until": "2030-01-01T12:00:00 Europe/Amsterdam"}', null],
  ["a blank before", '{"valid_until": " 2030-01-01"}', null],
  ["a blank after", '{"valid_until": "2030-01-01 "}', null],
  ["a line end after", '{"valid_until": "2030-01-01\\n"}', null],
  ["a word after", '{"valid_until": "2030-01-01 (verlengd)"}', null],
  ["two digits of a year", '{"valid_until": "30-01-01"}', null],
  ["one digit of a month", '{"valid_until": "2030-1-01"}', null],
  ["five digits of a year", '{"valid_until": "12030-01-01"}', null],
  ["digits of another script", '{"valid_until": "٢٠٣٠-٠١-٠١"}', null],
  ["dashes of another kind", '{"valid_until": "2030–01–01"}', null],
  ["an ISO week", '{"valid_until": "2030-W01-1"}', null],
  ["a document that is a text", '"2030-01-01"', null],
  ["a document that is a number", "2030", null],
  ["a document that is a list", '["2030-01-01"]', null],
  ["a document that is null", "null", null],
  ["no document", null, null],
];

let databases: TestDatabases;
let sql: Sql;

beforeAll(async () => {
  databases = await cloneDatabases();
  sql = openClient(databases.environment.DATABASE_URL as string, { max: 1, applicationName: "tests" });
  await playScene(sql);
  await sql`update shifts set status = 'completed' where id = 1`;
  await sql`
    insert into shifts (id, company_id, client_id, location_id, status, start_datetime, end_datetime, hourly_rate)
      overriding system value
    values (101, 1, 2, 1, 'published', '2026-11-24T07:00:00Z', '2026-11-24T15:00:00Z', 30)`;
});
afterAll(async () => {
  await sql.end();
  await databases.drop();
});

const minute = 60_000;

/** Puts guard 1 on a shift of an hour that ends at `endsAt`; undone. Undefined where it was accepted. */
async function refusalOf(endsAt: Date): Promise<string | undefined> {
  const undone = new Error("undone");
  const startsAt = new Date(endsAt.getTime() - 60 * minute);
  const refusal = await sql
    .begin(async (transaction) => {
      await transaction`set local timezone = 'Asia/Tokyo'`;
      await transaction`
        update shifts set professional_id = 1, status = 'assigned', start_datetime = ${startsAt}, end_datetime = ${endsAt}
        where id = 101`;
      throw undone;
    })
    .catch((error: unknown) => error);
  return refusal === undone ? undefined : (explainRefusal(refusal) ?? String(refusal));
}

const storeCertificate = (certificate: string | null) =>
  sql`update security_professionals set vca_certificate = ${certificate}::text::jsonb, guard_pass_valid_until = '2035-01-01' where id = 1`;

describe("the date of a certificate", () => {
  test.each(written)("%s: %s ends %s", async (_what, certificate, endsAt) => {
    const [row] = await sql<{ endsAt: Date | null }[]>`
      select certificate_valid_until(${certificate}::text::jsonb) as "endsAt"`;
    expect(row?.endsAt?.toISOString() ?? null).toBe(endsAt === null ? null : new Date(endsAt).toISOString());
  });
});

describe("a shift", () => {
  test.each(written)(
    "%s: with %s a guard stands until %s, and no minute longer",
    async (_what, certificate, endsAt) => {
      await storeCertificate(certificate);
      if (endsAt === null) {
        expect(await refusalOf(new Date("2026-11-24T15:00:00Z"))).toMatch(
          /cannot be read|no VCA certificate with a date/,
        );
        return;
      }
      expect(await refusalOf(new Date(endsAt))).toBeUndefined();
      const refusal = await refusalOf(new Date(new Date(endsAt).getTime() + minute));
      expect(refusal).toContain("and the VCA certificate ends");
    },
  );

  test("says which date cannot be read, and that the guard pass is missing too", async () => {
    await storeCertificate('{"valid_until": "31-12-2030"}');
    await sql`update security_professionals set guard_pass_valid_until = null where id = 1`;
    expect(await refusalOf(new Date("2026-11-24T15:00:00Z"))).toBe(
      'Guard 1 was not assigned: the shift ends Tue, 24 Nov 2026, 16:00 (Europe/Amsterdam), and the date of the VCA certificate, "31-12-2030", cannot be read, and no guard pass with a date is on record. Choose another guard, or correct the papers.',
    );
  });

  test("is refused where the guard pass ends before it", async () => {
    await storeCertificate('{"valid_until": "2030-01-01"}');
    await sql`update security_professionals set guard_pass_valid_until = '2026-11-24T14:59:00Z' where id = 1`;
    expect(await refusalOf(new Date("2026-11-24T15:00:00Z"))).toContain(
      "and the guard pass ends Tue, 24 Nov 2026, 15:59",
    );
    expect(await refusalOf(new Date("2026-11-24T14:59:00Z"))).toBeUndefined();
  });
});

describe("the rule looks", () => {
  const change = (assignments: string) => {
    const undone = new Error("undone");
    return sql
      .begin(async (transaction) => {
        await transaction.unsafe(`update shifts set ${assignments} where id = 101`);
        throw undone;
      })
      .catch((error: unknown) => (error === undone ? "done" : (error as { constraint_name: string }).constraint_name));
  };

  test("when a guard is put on, hours move or a status opens, and not otherwise", async () => {
    await storeCertificate('{"valid_until": "2026-11-24"}');
    expect(await change("professional_id = 1, status = 'assigned'")).toBe("done");
    await sql`update shifts set professional_id = 1, status = 'assigned' where id = 101`;
    expect(await change("end_datetime = '2026-11-25T06:00:00Z'")).toBe("shifts_require_certificates");

    await storeCertificate('{"valid_until": "unknown"}');
    expect(await change("post = 'Door'")).toBe("done");
    expect(await change("status = 'completed'")).toBe("done");
    expect(await change("professional_id = null, status = 'published'")).toBe("done");
    expect(await change("status = 'active'")).toBe("shifts_require_certificates");
    await sql`update shifts set status = 'completed' where id = 101`;
    expect(await change("status = 'assigned'")).toBe("shifts_require_certificates");
  });

  test("at a shift that is made with its guard", async () => {
    await storeCertificate("{}");
    const insertion = sql`
      insert into shifts (company_id, client_id, location_id, professional_id, status, start_datetime, end_datetime,
                          hourly_rate)
      values (1, 2, 1, 1, 'assigned', '2026-12-24T07:00:00Z', '2026-12-24T15:00:00Z', 30)`;
    await expect(insertion).rejects.toMatchObject({
      code: "23514",
      constraint_name: "shifts_require_certificates",
      message:
        "guard 1 cannot take a shift until 2026-12-24 16:00 (Europe/Amsterdam): no VCA certificate with a date is on record",
    });
  });

  test("for a guard who is not there, nothing: the reference refuses", async () => {
    expect(await change("professional_id = 999, status = 'assigned'")).toBe("shifts_professional_id_fkey");
  });
});
