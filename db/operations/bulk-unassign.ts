import { z } from "zod";

import { defineOperation } from "../operation";
import { changeOneShift, planChange } from "./change-one-shift";
import { planEach, runEach, shiftRows } from "./each-shift";
import { shiftFields, shiftInputs } from "./find-shift";
import { unassigning } from "./unassign-shift";

const rows = shiftRows({ hasGuards: false });

export const bulkUnassign = defineOperation({
  id: "bulk-unassign",
  title: "Take the guards off several shifts",
  purpose: "Leaves each of a list of shifts open, each by itself: what one is refused stops no other.",
  risk: "high",
  permission: "shifts.reassign",
  changes: "rows",
  hasParts: true,
  input: z.object({ rows: rows.input, reason: shiftInputs.reason }),
  fields: [rows.field, shiftFields.reason],
  plan: (context, { rows: text, reason }) =>
    planEach(rows.parse(text), {
      key: "bulk-unassign",
      doing: "Opens",
      planOne: (row) => planChange(context, unassigning, { ...row, reason }),
    }),
  run: (context, _, { rows: text, reason }) =>
    runEach(context, rows.parse(text), (row, part) => changeOneShift(context, unassigning, { ...row, reason }, part)),
  undo: "Undo the reassignment of each row by its run and its place in the list, while the guard is free.",
  timeoutSeconds: 300,
});
