import { expect, test } from "vitest";

import { judgeAttempt, signInLimits } from "../../../app/auth/sign-in-limits";
import type { AttemptHistory } from "../../../db/console/sign-in-attempts";

const asOf = new Date("2026-11-22T12:00:00Z");
const secondsAgo = (seconds: number) => new Date(asOf.getTime() - seconds * 1000);
const clean: AttemptHistory = {
  isKnownAddress: false,
  pairFailures: 0,
  pairFailedAt: null,
  addressFailures: 0,
  addressFailedAt: null,
  strangerFailures: 0,
  consoleFailures: 0,
};
const wait = (history: Partial<AttemptHistory>) => judgeAttempt({ ...clean, ...history }, asOf);

test("the first five wrong tries cost nothing, then the wait doubles up to five minutes", () => {
  const waits = [4, 5, 6, 7, 11, 12, 50].map((pairFailures) => wait({ pairFailures, pairFailedAt: asOf }));
  expect(waits).toEqual([0, 5, 10, 20, 300, 300, 300]);
});

test("each wait ends", () => {
  const attacked = { strangerFailures: 5_000, addressFailures: 90, pairFailures: 40 };
  expect(wait({ ...attacked, pairFailedAt: secondsAgo(300), addressFailedAt: secondsAgo(900) })).toBe(0);
  expect(wait({ ...attacked, pairFailedAt: secondsAgo(299), addressFailedAt: secondsAgo(900) })).toBe(1);
});

test("an address where the account has signed in waits for its own failures alone", () => {
  const storm = { strangerFailures: 9_999, consoleFailures: 9_999, addressFailures: 500, addressFailedAt: asOf };
  expect(wait({ ...storm, isKnownAddress: true })).toBe(0);
  expect(wait({ ...storm, isKnownAddress: true, pairFailures: 4, pairFailedAt: asOf })).toBe(0);
  expect(wait({ ...storm, isKnownAddress: true, pairFailures: 6, pairFailedAt: asOf })).toBe(10);
  expect(wait(storm)).toBeGreaterThan(0);
});

test("under attack a new address has its first try at once and its second after a wait", () => {
  const strangerFailures = signInLimits.strangerFailuresOfAnAttack;
  expect(wait({ strangerFailures })).toBe(0);
  expect(wait({ strangerFailures, pairFailures: 1, pairFailedAt: asOf })).toBe(5);
  expect(wait({ strangerFailures: strangerFailures - 1, pairFailures: 1, pairFailedAt: asOf })).toBe(0);
});

test("an address that tries many accounts waits", () => {
  expect(wait({ addressFailures: 19, addressFailedAt: asOf })).toBe(0);
  expect(wait({ addressFailures: 20, addressFailedAt: asOf })).toBe(5);
  expect(wait({ addressFailures: 60, addressFailedAt: asOf })).toBe(900);
});

test("strangers together cannot keep the console busy with passwords", () => {
  expect(wait({ consoleFailures: signInLimits.console.freeFailures })).toBe(signInLimits.console.waitSeconds);
});
