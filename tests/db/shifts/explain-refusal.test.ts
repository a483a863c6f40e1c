import postgres from "postgres";
import { expect, test } from "vitest";

import { explainRefusal } from "../../../db/shifts/explain-refusal";

function refusal(fields: { code: string; constraint_name?: string; detail?: string }): postgres.PostgresError {
  return Object.assign(Object.create(postgres.PostgresError.prototype), fields);
}

const doubleBooking = (detail: string) =>
  refusal({ code: "23P01", constraint_name: "shifts_no_double_booking", detail });
const key = "(professional_id, tstzrange(start_datetime, end_datetime, '[)'::text))";

test("both ranges are read in whatever zone the session wrote them", () => {
  const sentence = explainRefusal(
    doubleBooking(
      `Key ${key}=(7, ["2026-10-25 05:30:00+05:30","2026-10-25 08:30:00.5+05:30")) conflicts with existing key ${key}=(7, ["2026-10-24 20:00:00-04","2026-10-24 23:00:00-04")).`,
    ),
  );
  expect(sentence).toContain(
    "Guard 7 was not assigned to the shift of Sun, 25 Oct 2026, 02:00 to Sun, 25 Oct 2026, 04:00: the guard already has the shift of Sun, 25 Oct 2026, 02:00 to Sun, 25 Oct 2026, 04:00 (Europe/Amsterdam).",
  );
});

test("times are in the zone of the location that is asked for", () => {
  const detail = `Key ${key}=(7, ["2026-11-22 10:00:00+00","2026-11-22 18:00:00+00")) conflicts with existing key ${key}=(7, ["2026-11-22 14:00:00+00","2026-11-22 22:00:00+00")).`;
  expect(explainRefusal(doubleBooking(detail), "America/Curacao")).toContain(
    "the shift of Sun, 22 Nov 2026, 06:00 to Sun, 22 Nov 2026, 14:00",
  );
});

test.each([
  ["PostgreSQL keeps them from a session that row security binds", "Key conflicts with existing key."],
  ["a range has no end", `Key ${key}=(7, ["2026-11-22 10:00:00+00",)) conflicts with existing key ${key}=(7, empty).`],
  [
    "the style of dates is not ISO",
    `Key ${key}=(7, ["Sun 22 Nov 10:00:00 2026 UTC","x")) conflicts with existing key ${key}=(7, ["y","z")).`,
  ],
  ["there is no detail", ""],
])("a double booking has its sentence also where %s", (_why, detail) => {
  expect(explainRefusal(doubleBooking(detail))).toBe(
    "Nobody was assigned: the guard already has another shift at that time. Choose another guard, or take this one off the other shift first.",
  );
});

test("a refusal for papers has its sentence also without its detail", () => {
  const papers = refusal({ code: "23514", constraint_name: "shifts_require_certificates", detail: "{" });
  expect(explainRefusal(papers)).toContain("does not last until the end of the shift");
});

test.each([
  ["23514", "check_dates", "a shift ends after it begins"],
  ["23514", "valid_hourly_rate", "between € 15.00 and € 500.00"],
  ["40001", undefined, "someone else changed the same shift first"],
  ["40P01", undefined, "someone else changed the same shifts"],
  ["55P03", undefined, "Try again in a moment"],
])("%s %s has its sentence", (code, constraint_name, sentence) => {
  expect(explainRefusal(refusal({ code, constraint_name }))).toContain(sentence);
});

test("the error inside a failed query of Drizzle is found", () => {
  const wrapped = new Error("Failed query: update shifts", { cause: refusal({ code: "40001" }) });
  expect(explainRefusal(wrapped)).toContain("Nothing was changed");
});

test("any other error has none", () => {
  expect(explainRefusal(refusal({ code: "42501" }))).toBeUndefined();
  expect(explainRefusal(new Error("a bug"))).toBeUndefined();
  expect(explainRefusal(undefined)).toBeUndefined();
});
