import { expect, test } from "vitest";

import type { Board } from "../../../app/live/board";
import { judgeFreshness, reduceBoard, startBoard } from "../../../app/live/board-state";
import { boardShift, minutesFromNow, now } from "./board-shift";

const board: Board = {
  asOf: now,
  shifts: [1, 2, 3].map((id) => boardShift(id)),
  cursor: "1~here",
  marks: "0",
  past: null,
};
const changes = (values: object) => ({
  kind: "changes" as const,
  event: { seq: 1, asOf: minutesFromNow(1), changes: [], shifts: [], gone: [], ...values },
  atSeconds: 60,
});

test("a change replaces its shift, adds what is new by its start, takes what is gone, and leaves the rest as it is", () => {
  const event = changes({
    shifts: [boardShift(2, { guardName: "Tim de Boer" }), boardShift(9, { startAt: minutesFromNow(-120) })],
    gone: [3, 77],
  });
  const state = reduceBoard(startBoard(board), event);
  expect(state.board.shifts.map(({ id, guardName }) => [id, guardName])).toEqual([
    [9, "René Çelik"],
    [1, "René Çelik"],
    [2, "Tim de Boer"],
  ]);
  expect(state.board.shifts[1]).toBe(board.shifts[0]);
  expect([...state.changedIds].sort()).toEqual([2, 3, 77, 9]);
  const again = reduceBoard(state, event);
  expect(again.board.shifts).toEqual(state.board.shifts);
});

test("a word that changes nothing keeps the board young without drawing it again", () => {
  const failed = reduceBoard(startBoard(board), { kind: "failure", reason: "The database does not answer." });
  for (const word of [{ kind: "clock" as const, asOf: minutesFromNow(1), atSeconds: 60 }, changes({})]) {
    const state = reduceBoard(failed, word);
    expect(state.board).toBe(board);
    expect(state).toMatchObject({ heardAt: minutesFromNow(1), atSeconds: 60, failure: null });
  }
});

test("a failure says why and makes nothing younger", () => {
  const state = reduceBoard(startBoard(board), { kind: "failure", reason: "The database does not answer." });
  expect(state).toMatchObject({ heardAt: now, atSeconds: null, failure: "The database does not answer." });
});

test.each([
  [0, "fresh"],
  [14.9, "fresh"],
  [15, "late"],
  [59.9, "late"],
  [60, "lost"],
])("%s s after the last word the board is %s", (ageSeconds, freshness) => {
  expect(judgeFreshness(ageSeconds)).toBe(freshness);
});
