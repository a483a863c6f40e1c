import postgres from "postgres";
import { z } from "zod";

type Range = { from: Date; to: Date };

const certificates = z.object({
  professionalId: z.number(),
  shiftEndsAt: z.coerce.date(),
  vcaWritten: z.string().nullable(),
  vcaValidUntil: z.coerce.date().nullable(),
  guardPassValidUntil: z.coerce.date().nullable(),
});

const simpleSentences: Record<string, string> = {
  check_dates: "Nothing was changed: a shift ends after it begins. Correct its times.",
  valid_hourly_rate: "Nothing was changed: the hourly rate of a shift lies between € 15.00 and € 500.00.",
  valid_status: "Nothing was changed: a shift has no such status.",
  "40001": "Nothing was changed: someone else changed the same shift first. Look at it again, then repeat.",
  "40P01": "Nothing was changed: someone else changed the same shifts at the same moment. Look again, then repeat.",
  "55P03": "Nothing was changed: someone else is changing this shift right now. Try again in a moment.",
};

/**
 * One sentence for the operator on why PostgreSQL refused a change of a shift, with times in `timeZone`; undefined for
 * an error that is no such refusal. Reads both ranges of a double booking from the error's DETAIL, which PostgreSQL
 * gives only to sessions that row security does not bind.
 */
export function explainRefusal(error: unknown, timeZone = "Europe/Amsterdam"): string | undefined {
  const refusal = error instanceof Error && error.cause instanceof postgres.PostgresError ? error.cause : error;
  if (!(refusal instanceof postgres.PostgresError)) return undefined;
  if (refusal.constraint_name === "shifts_no_double_booking") return explainDoubleBooking(refusal.detail, timeZone);
  if (refusal.constraint_name === "shifts_require_certificates") return explainCertificates(refusal.detail, timeZone);
  return simpleSentences[refusal.constraint_name ?? ""] ?? simpleSentences[refusal.code];
}

function explainDoubleBooking(detail: string | undefined, timeZone: string): string {
  const keys = [...(detail ?? "").matchAll(/=\((\d+), (.+?)\)(?= conflicts|\.$)/g)];
  const [wanted, existing] = keys.map(([, , range]) => parseRange(range as string));
  const guard = keys[0]?.[1];
  if (!guard || !wanted || !existing) {
    return "Nobody was assigned: the guard already has another shift at that time. Choose another guard, or take this one off the other shift first.";
  }
  return `Guard ${guard} was not assigned to the shift of ${formatRange(wanted, timeZone)}: the guard already has the shift of ${formatRange(existing, timeZone)} (${timeZone}). Choose another guard, or take this one off the other shift first.`;
}

function explainCertificates(detail: string | undefined, timeZone: string): string {
  const found = certificates.safeParse(parseJson(detail));
  if (!found.success) {
    return "Nobody was assigned: the guard's VCA certificate or guard pass does not last until the end of the shift. Choose another guard.";
  }
  const { professionalId, shiftEndsAt, vcaWritten, vcaValidUntil, guardPassValidUntil } = found.data;
  const problems: string[] = [];
  if (vcaValidUntil === null) {
    problems.push(
      vcaWritten === null
        ? "no VCA certificate with a date is on record"
        : `the date of the VCA certificate, "${vcaWritten}", cannot be read`,
    );
  } else if (vcaValidUntil < shiftEndsAt) {
    problems.push(`the VCA certificate ends ${formatInstant(vcaValidUntil, timeZone)}`);
  }
  if (guardPassValidUntil === null) problems.push("no guard pass with a date is on record");
  else if (guardPassValidUntil < shiftEndsAt) {
    problems.push(`the guard pass ends ${formatInstant(guardPassValidUntil, timeZone)}`);
  }
  return `Guard ${professionalId} was not assigned: the shift ends ${formatInstant(shiftEndsAt, timeZone)} (${timeZone}), and ${problems.join(", and ")}. Choose another guard, or correct the papers.`;
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}

/** `["2026-11-22 10:00:00+00","2026-11-22 18:00:00+00")`; undefined where an end is missing or not ISO. */
function parseRange(text: string): Range | undefined {
  const [, from, to] = text.match(/^\["([^"]+)","([^"]+)"\)$/) ?? [];
  const [start, end] = [from, to].map((instant) => parseInstant(instant ?? ""));
  return start && end ? { from: start, to: end } : undefined;
}

function parseInstant(text: string): Date | undefined {
  const [, day, time, hours, minutes = "00"] =
    text.match(/^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}(?:\.\d+)?)([+-]\d{2})(?::(\d{2}))?$/) ?? [];
  return day ? new Date(`${day}T${time}${hours}:${minutes}`) : undefined;
}

function formatRange({ from, to }: Range, timeZone: string): string {
  return `${formatInstant(from, timeZone)} to ${formatInstant(to, timeZone)}`;
}

function formatInstant(instant: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });
  return parts.format(instant);
}
