import { expect, test } from "vitest";

import { boardAddress } from "../../../app/ui/board-address";

const asOf = new Date("2026-11-23T12:00:00Z");

test("a moment of the last two weeks is an address of the board; before and after them there is none", () => {
  const address = (at: string) => boardAddress(new Date(at), { shiftId: 7, asOf });
  expect(address("2026-11-20T08:05:00.400Z")).toBe("/live?at=2026-11-20T08%3A05%3A01Z&shift=7");
  expect(address("2026-11-09T12:00:00Z")).toBeNull();
  expect(address("2026-11-23T12:00:01Z")).toBeNull();
});
