import { z } from "zod";

import { defineOperation } from "../operation";
import { planEach, runEach, shiftRows } from "./each-shift";
import { shiftFields, shiftInputs } from "./find-shift";
import { type Placing, place, planPlacing } from "./reassign-shift";

const rows = shiftRows({ hasGuards: true });
const { reason, override } = shiftInputs;
const input = z.object({ rows: rows.input, reason, override });

export const bulkReassign = defineOperation({
  id: "bulk-reassign",
  title: "Reassign several shifts",
  purpose: "Gives each of a list of shifts to a guard, each by itself: what one is refused stops no other.",
  risk: "high",
  permission: "shifts.reassign",
  changes: "rows",
  hasParts: true,
  input,
  fields: [rows.field, shiftFields.reason, shiftFields.override],
  plan: (context, given) =>
    planEach(placingsOf(given), {
      key: "bulk-reassign",
      doing: "Reassigns",
      planOne: (placing) => planPlacing(context, placing),
    }),
  run: (context, _, given) =>
    runEach(context, placingsOf(given), (placing, part) =>
      place(context, placing, { version: placing.version, rules: undefined }, part),
    ),
  undo: "Undo the reassignment of each row by its run and its place in the list.",
  timeoutSeconds: 300,
});

function placingsOf({ rows: text, ...rest }: z.output<typeof input>): Placing[] {
  return rows.parse(text).map(({ guard = 0, ...row }) => ({ ...rest, ...row, guard }));
}
