import { expect, test } from "vitest";

import { readBulkSearch } from "../../../app/shifts/bulk/bulk-search";
import { proposeGuards } from "../../../app/shifts/bulk/propose-guards";
import type { Candidate } from "../../../db/shifts/candidates/candidate";

const guard = (guardId: number, severity?: "warn" | "info") =>
  ({ guardId, reasons: severity ? [{ severity }] : [] }) as unknown as Candidate;

const proposed = (chosen: [number, number | null][] = []) => {
  const candidates = [guard(1, "warn"), guard(2), guard(3, "info")];
  const shifts = [10, 11, 12].map((shiftId) => ({ shiftId, candidates }));
  return [...proposeGuards(shifts, new Map(chosen)).values()].map((one) => one?.guardId ?? null);
};

test("the nearest with nothing against comes to each shift, each guard once, and nobody where all are taken", () => {
  expect(proposed()).toEqual([2, 3, null]);
});

test("whom the person chose comes, also with a reason against, and is proposed for no other", () => {
  expect(proposed([[12, 2]])).toEqual([3, null, 2]);
  expect(proposed([[10, 1]])).toEqual([1, 2, 3]);
  expect(proposed([[10, null]])).toEqual([null, 2, 3]);
  expect(proposed([[10, 99]])).toEqual([null, 2, 3]);
});

test("the address names each shift once, forty of them, and what it cannot mean is left out", () => {
  const many = Array.from({ length: 43 }, (_, at) => at + 1);
  const asked = readBulkSearch(new URLSearchParams(`do=steal&shifts=0,x,${many},1&guard-5=none&guard-6=7&guard-x=1`));
  expect(asked).toMatchObject({ kind: "reassign", shiftIds: many.slice(0, 40), leftCount: 3, reason: "" });
  expect([...asked.chosen]).toEqual([
    [5, null],
    [6, 7],
  ]);
});
