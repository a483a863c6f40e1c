import { amsterdamDay, amsterdamInstant, day, hour, type Instant } from "../story/instant";
import type { Random } from "../story/random";

export type Vca = {
  /** What stands in `vca_certificate`; null when nothing was handed in. */
  written: Record<string, unknown> | null;
  /** When it ends. Undefined when it is missing or cannot be read, which is "not valid". */
  validUntil: Instant | undefined;
};

export type GuardPass = {
  colour: "grey" | "green" | "blue" | "yellow" | "orange" | null;
  validUntil: Instant | null;
  restriction: string | null;
};

/** Dates that people write and no rule may take for a date. */
export const malformedDates: readonly unknown[] = [
  "31-12-2020",
  "31-12-2029",
  "unknown",
  "onbekend",
  "",
  "2029-02-30",
  "2029/06/30",
  "30 juni 2029",
  "2029-06",
  "2029-06-30T12:00:00",
  " 2029-06-30",
  20290630,
  null,
  true,
  ["2029-06-30"],
];

/** A VCA in one of its states: valid, soon to end, ended, never handed in, without a date, or with no date one can read. */
export function drawVca(random: Random, asOf: Instant): Vca {
  const number = `${random.integer(100000, 999999)}.${random.integer(1000, 9999)}`;
  const certificate = { type: random.pick(["VCA-Basis", "VCA-VOL"]), number };
  const state = random.weighted([
    [81, "valid"],
    [6, "soon"],
    [6, "ended"],
    [2.5, "missing"],
    [1, "undated"],
    [3.5, "malformed"],
  ] as const);
  if (state === "missing") return { written: null, validUntil: undefined };
  if (state === "undated") return { written: certificate, validUntil: undefined };
  if (state === "malformed") {
    return { written: { ...certificate, valid_until: random.pick(malformedDates) }, validUntil: undefined };
  }
  const endsAt = asOf + daysLeft(random, state) * day;
  if (random.chance(0.1)) {
    const rounded = Math.floor(endsAt / hour) * hour;
    return {
      written: { ...certificate, valid_until: new Date(rounded).toISOString().replace(".000", "") },
      validUntil: rounded,
    };
  }
  const lastDay = amsterdamDay(endsAt);
  return {
    written: { ...certificate, valid_until: new Date(lastDay).toISOString().slice(0, 10) },
    validUntil: amsterdamInstant(lastDay + day, 0),
  };
}

export function drawGuardPass(random: Random, asOf: Instant): GuardPass {
  const state = random.weighted([
    [87, "valid"],
    [5, "soon"],
    [5, "ended"],
    [3, "missing"],
  ] as const);
  if (state === "missing") return { colour: null, validUntil: null, restriction: null };
  return {
    colour: random.weighted([
      [66, "grey"],
      [14, "green"],
      [9, "blue"],
      [6, "orange"],
      [5, "yellow"],
    ] as const),
    validUntil: amsterdamInstant(amsterdamDay(asOf + daysLeft(random, state) * day) + day, 0),
    restriction: random.chance(0.05)
      ? random.pick(["events only", "under supervision", "not at airports", "not on night duty"])
      : null,
  };
}

function daysLeft(random: Random, state: "valid" | "soon" | "ended"): number {
  if (state === "valid") return random.between(45, 1500);
  return state === "soon" ? random.between(0.5, 30) : -random.between(1, 120);
}
