import { z } from "zod";

import { defineOperation } from "../operation";
import { cancelling } from "./cancel-shift";
import { changeOneShift, planChange } from "./change-one-shift";
import { planEach, runEach, shiftRows } from "./each-shift";
import { shiftFields, shiftInputs } from "./find-shift";

const rows = shiftRows({ hasGuards: false });

export const bulkCancel = defineOperation({
  id: "bulk-cancel",
  title: "Cancel several shifts",
  purpose: "Calls each of a list of shifts off for good, each by itself: what one is refused stops no other.",
  risk: "high",
  permission: "shifts.reassign",
  changes: "rows",
  hasParts: true,
  input: z.object({ rows: rows.input, reason: shiftInputs.reason }),
  fields: [rows.field, shiftFields.reason],
  plan: (context, { rows: text, reason }) =>
    planEach(rows.parse(text), {
      key: "bulk-cancel",
      doing: "Cancels",
      planOne: (row) => planChange(context, cancelling, { ...row, reason }),
    }),
  run: (context, _, { rows: text, reason }) =>
    runEach(context, rows.parse(text), (row, part) => changeOneShift(context, cancelling, { ...row, reason }, part)),
  undo: undefined,
  timeoutSeconds: 300,
});
