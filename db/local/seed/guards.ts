import type { Point } from "../../schema/geography";
import { day, type Instant } from "../story/instant";
import { Random } from "../story/random";
import { drawGuardPass, drawVca, type GuardPass, type Vca } from "./certificates";
import { drawPersonName, type PersonName } from "./dutch-names";
import { type Place, scatterAround } from "./dutch-places";
import type { Company } from "./organizations";

export type Guard = {
  id: number;
  userId: string;
  name: PersonName;
  home: Point | undefined;
  homeCity: string | null;
  /** Euro an hour; null while the guard asks for none. */
  hourlyRate: string | null;
  employment: "zzp" | "employee";
  companyId: number | null;
  vca: Vca;
  pass: GuardPass;
  createdAt: Instant;
};

/** Guards, ids from 1 on, at home where people live. */
export function hireGuards(
  seed: number,
  { count, companies, drawPlace, asOf, hiredBefore }: GuardSurroundings,
): Guard[] {
  return Array.from({ length: count }, (_, index) => {
    const random = new Random(seed, "professional", index);
    const place = drawPlace(random);
    const hasHome = random.chance(0.985);
    const employment = random.chance(0.72) ? "zzp" : "employee";
    const rate = employment === "zzp" ? random.between(24, 42) : random.between(15.5, 21.5);
    return {
      id: index + 1,
      userId: drawUuid(random),
      name: drawPersonName(random),
      home: hasHome ? scatterAround(random, place, 1.2) : undefined,
      homeCity: hasHome ? place.name : null,
      hourlyRate: random.chance(0.02) ? null : (Math.round(rate * 4) / 4).toFixed(2),
      employment,
      companyId: employment === "employee" ? random.pick(companies).id : null,
      vca: drawVca(random, asOf),
      pass: drawGuardPass(random, asOf),
      createdAt: Math.round(hiredBefore - random.between(1, 1100) * day),
    };
  });
}

/** May this guard stand on a shift that ends then? A margin of one hour keeps clear of the edge. */
export function isCertifiedUntil({ vca, pass }: Guard, endAt: Instant): boolean {
  const needed = endAt + 3_600_000;
  return (vca.validUntil ?? 0) >= needed && (pass.validUntil ?? 0) >= needed && pass.restriction === null;
}

/** A version 4 UUID out of the stream. */
export function drawUuid(random: Random): string {
  const hex = Array.from({ length: 32 }, () => random.integer(0, 15).toString(16));
  hex[12] = "4";
  hex[16] = random.pick(["8", "9", "a", "b"]);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)]
    .map((part) => part.join(""))
    .join("-");
}

type GuardSurroundings = {
  count: number;
  companies: Company[];
  drawPlace: (random: Random) => Place;
  asOf: Instant;
  hiredBefore: Instant;
};
