import { z } from "zod";

import { defineOperation } from "../operation";
import { refuseChange } from "../shifts/changes/judge-placing";
import { cancelStanding } from "../shifts/changes/place-guard";
import { changeOneShift, type OneShiftChange, planChange } from "./change-one-shift";
import { nameShift, shiftFields, shiftInputs } from "./find-shift";

const { shift, reason, version } = shiftInputs;

/** Calling a shift off for good. */
export const cancelling: OneShiftChange = {
  summarise: (standing) => `Cancels ${nameShift(standing)}.`,
  consequence: "The post stays empty. It cannot be taken back: a new shift would have to be made.",
  refuse: refuseChange,
  change: cancelStanding,
  tellDone: ({ id }) => `Shift ${id} was cancelled`,
};

export const cancelShift = defineOperation({
  id: "cancel-shift",
  title: "Cancel a shift",
  purpose: "Calls a shift off for good, with its reason.",
  risk: "medium",
  permission: "shifts.reassign",
  changes: "rows",
  input: z.object({ shift, reason, version }),
  fields: [shiftFields.shift, shiftFields.reason, shiftFields.version],
  plan: (context, asked) => planChange(context, cancelling, asked),
  run: (context, { basis }, asked) => changeOneShift(context, cancelling, { ...asked, version: Number(basis.version) }),
  undo: undefined,
  timeoutSeconds: 60,
});
