import type { Verification } from "../../db/console/get-latest-verification";
import type { Severity } from "../ui/badge";

/** Verified every hour; from here on the worker has missed it twice. */
const staleHours = 3;

/** What the last verification says of the trail as it is at `asOf`. */
export function judgeChain(verification: Verification | null, asOf: Date): { severity: Severity; word: string } {
  if (!verification) return { severity: "unknown", word: "Not verified yet" };
  if (verification.faults.length > 0) return { severity: "critical", word: "Not whole" };
  if (+asOf - +verification.verifiedAt > staleHours * 3_600_000) {
    return { severity: "unknown", word: `Not verified for ${staleHours} hours` };
  }
  if (verification.eventCount === 0) return { severity: "unknown", word: "Nothing was on record yet" };
  if (verification.anchorCount === 0) return { severity: "warning", word: "Whole, but not anchored" };
  return { severity: "ok", word: "Whole" };
}
