import { expect, test } from "vitest";

import { counterNames, type StatementCounters, toStatementDeltas } from "../../../db/rules/database/statement-deltas";

const counted = (queryId: string, calls: number, execMilliseconds = calls * 2): StatementCounters => ({
  queryId,
  userName: "app",
  calls,
  execMilliseconds,
  rows: calls,
  readBlocks: 0,
  temporaryBlocks: 0,
  walBytes: 0,
});
const callsOf = (before: StatementCounters[], now: StatementCounters[]) =>
  toStatementDeltas(before, now).map(({ queryId, calls }) => [queryId, calls]);

test("a statement is told by what it was called since the last reading; one that was not is left out", () => {
  expect(callsOf([counted("1", 10), counted("2", 5)], [counted("1", 17), counted("2", 5)])).toEqual([["1", 7]]);
});

test("one that entered since, or was evicted and came back, is told by what it holds", () => {
  expect(callsOf([counted("1", 10)], [counted("1", 10), counted("9", 3)])).toEqual([["9", 3]]);
  expect(callsOf([counted("1", 100)], [counted("1", 4)])).toEqual([["1", 4]]);
  expect(callsOf([counted("1", 100, 900)], [counted("1", 120, 300)])).toEqual([["1", 120]]);
});

/** A server with room for a few statements: true counts beside what its statistics show. */
function churn(seed: number) {
  let state = seed;
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const truth = new Map<string, number>();
  const kept = new Map<string, number>();
  const read = () => [...kept].map(([id, calls]) => counted(id, calls));
  const told = new Map<string, number>();
  let before = read();
  for (let step = 0; step < 400; step += 1) {
    const id = String(Math.floor(random() * 12));
    truth.set(id, (truth.get(id) ?? 0) + 1);
    kept.set(id, (kept.get(id) ?? 0) + 1);
    if (kept.size > 8) kept.delete([...kept.keys()][Math.floor(random() * kept.size)] as string);
    if (random() < 0.02) kept.clear();
    if (random() > 0.2) continue;
    const now = read();
    for (const delta of toStatementDeltas(before, now)) {
      for (const name of counterNames) expect(delta[name]).toBeGreaterThanOrEqual(0);
      told.set(delta.queryId, (told.get(delta.queryId) ?? 0) + delta.calls);
    }
    before = now;
  }
  return { truth, told };
}

test("under eviction and resets nothing is negative and nothing is invented", () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const { truth, told } = churn(seed);
    for (const [id, calls] of told) expect(calls).toBeLessThanOrEqual(truth.get(id) ?? 0);
    expect(told.size).toBeGreaterThan(0);
  }
});
