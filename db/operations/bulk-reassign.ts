import { z } from "zod";

import { defineOperation, OperationRefusal } from "../operation";
import { shiftFields, shiftInputs } from "./find-shift";
import { type Placing, place, planPlacing } from "./reassign-shift";

const mostRows = 40;
const row = /^(\d{1,15}):(\d{1,15})(?:@(\d{1,9}))?$/;
const { reason, override } = shiftInputs;

const rows = z
  .string()
  .transform((text) => text.split(/[\s,;]+/).filter((word) => word !== ""))
  .refine((words) => words.length > 0 && words.length <= mostRows && words.every((word) => row.test(word)))
  .refine((words) => new Set(words.map((word) => word.split(":")[0])).size === words.length);

/** Rows as they were written: the text is checked, and read again where it is used. */
const input = z.object({ rows: z.string().refine((text) => rows.safeParse(text).success), reason, override });

export const bulkReassign = defineOperation({
  id: "bulk-reassign",
  title: "Reassign several shifts",
  purpose: "Gives each of a list of shifts to a guard, each by itself: what one is refused stops no other.",
  risk: "high",
  permission: "shifts.reassign",
  changes: "rows",
  hasParts: true,
  input,
  fields: [
    {
      name: "rows",
      label: "Shifts and guards",
      hint: `shift:guard, or shift:guard@version that you saw; at most ${mostRows}, each shift once. 12:7, 13:9`,
    },
    shiftFields.reason,
    shiftFields.override,
  ],
  plan: async (context, given) => {
    const placings = readPlacings(given);
    const lines: string[] = [];
    let readyCount = 0;
    let mayConfirm: string[] | undefined;
    for (const placing of placings) {
      const plan = await planPlacing(context, placing).catch(refusalOf);
      const against = typeof plan === "string" ? plan : (plan.moved ?? plan.refusals[0]);
      if (against === undefined) readyCount += 1;
      lines.push(
        against === undefined
          ? `Shift ${placing.shift}: ${(plan as { summary: string }).summary}`
          : `Shift ${placing.shift} will not be done: ${against}`,
      );
      const roles = typeof plan === "string" || against !== undefined ? undefined : plan.mayConfirm;
      if (roles) mayConfirm = mayConfirm ? mayConfirm.filter((role) => roles.includes(role)) : roles;
    }
    return {
      target: `${placings.length} shifts`,
      exclusiveKey: "bulk-reassign",
      summary: `Reassigns ${placings.length} shifts, of which ${readyCount} can be as they stand now.`,
      consequences: lines,
      refusals: readyCount === 0 ? ["None of them can be done."] : [],
      statements: [],
      basis: {},
      ...(mayConfirm ? { mayConfirm } : {}),
    };
  },
  run: async (context, _, given) => {
    const placings = readPlacings(given);
    const proof: { label: string; before: string; after: string }[] = [];
    let doneCount = 0;
    for (const [position, placing] of placings.entries()) {
      await context.progress({ phase: `Shift ${placing.shift}`, doneRatio: position / placings.length });
      const seen = { version: placing.version, rules: undefined };
      const outcome = await place(context, placing, seen, position + 1).catch(refusalOf);
      if (typeof outcome !== "string") doneCount += 1;
      const told = typeof outcome === "string" ? { before: "not done", after: outcome } : outcome.proof[0];
      proof.push({ label: `Shift ${placing.shift}`, before: told?.before ?? "", after: told?.after ?? "" });
    }
    if (doneCount === 0)
      throw new OperationRefusal(`None of ${placings.length} was done. ${proof.map(({ after }) => after).join(" ")}`);
    const summary = `${doneCount} of ${placings.length} done.`;
    return { summary, proof, isPartial: doneCount < placings.length };
  },
  undo: "Undo the reassignment of each row by its run and its place in the list.",
  timeoutSeconds: 300,
});

function readPlacings({ rows: text, ...rest }: z.output<typeof input>): Placing[] {
  return rows.parse(text).map((word) => {
    const [, shift, guard, version] = word.match(row) as RegExpMatchArray;
    return { ...rest, shift: Number(shift), guard: Number(guard), version: version ? Number(version) : undefined };
  });
}

function refusalOf(error: unknown): string {
  if (error instanceof OperationRefusal) return error.message;
  throw error;
}
