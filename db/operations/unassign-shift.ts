import { z } from "zod";

import { defineOperation } from "../operation";
import { refuseChange } from "../shifts/changes/judge-placing";
import { placeGuard } from "../shifts/changes/place-guard";
import { changeOneShift, type OneShiftChange, planChange } from "./change-one-shift";
import { nameShift, shiftFields, shiftInputs } from "./find-shift";

const { shift, reason, version } = shiftInputs;

/** Leaving a shift open for another guard. */
export const unassigning: OneShiftChange = {
  summarise: (standing) => `Takes ${standing.guardName ?? "nobody"} off ${nameShift(standing)}.`,
  consequence: "Nobody stands on it until somebody is assigned.",
  refuse: (standing) => [
    ...refuseChange(standing),
    ...(standing.guardId === null ? [`Nobody has shift ${standing.id}.`] : []),
  ],
  change: (transaction, standing, cause) => placeGuard(transaction, standing, null, cause),
  tellDone: ({ id, guardName }) => `${guardName} was taken off shift ${id}`,
};

export const unassignShift = defineOperation({
  id: "unassign-shift",
  title: "Take the guard off a shift",
  purpose: "Leaves a shift open, published for another guard.",
  risk: "low",
  permission: "shifts.reassign",
  changes: "rows",
  input: z.object({ shift, reason, version }),
  fields: [shiftFields.shift, shiftFields.reason, shiftFields.version],
  plan: (context, asked) => planChange(context, unassigning, asked),
  run: (context, { basis }, asked) =>
    changeOneShift(context, unassigning, { ...asked, version: Number(basis.version) }),
  undo: "Undo the reassignment: the guard gets the shift back, while the guard is free.",
  timeoutSeconds: 60,
});
