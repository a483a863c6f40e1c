import { z } from "zod";

import { defineOperation, OperationRefusal, type PlanContext } from "../operation";
import { explainingRefusals } from "../shifts/changes/change-shifts";
import { exchangeGuards } from "../shifts/changes/exchange-guards";
import { judgePlacing } from "../shifts/changes/judge-placing";
import {
  lockShifts,
  readStandingShifts,
  type StandingGuard,
  type StandingShift,
} from "../shifts/changes/standing-shift";
import { type DoneEffect, findEffect, refuseUndo } from "./find-effect";
import { findGuard } from "./find-shift";
import { tellNotified } from "./preview-placing";

const input = z.object({ run: z.uuid(), part: z.coerce.number().int().min(0).max(32_767).default(0) });

export const undoReassignment = defineOperation({
  id: "undo-reassignment",
  title: "Undo a reassignment",
  purpose:
    "Gives shifts back to whoever had them before a run, until the new guard checked in or the payment is approved.",
  risk: "low",
  permission: "shifts.reassign",
  changes: "rows",
  input,
  fields: [
    { name: "run", label: "Run", hint: "The number of the run that reassigned, as its page has it." },
    { name: "part", label: "Row of a bulk", hint: "Leave it out for a run of one.", isOptional: true },
  ],
  plan: async ({ securyflex }, given) => {
    const effect = await findEffect(securyflex, given);
    const standing = await readStandingShifts(
      securyflex,
      effect.changes.map(({ shiftId }) => shiftId),
    );
    const formers = await findFormers(securyflex, effect);
    const refusals = await refuseUndo(securyflex, effect, standing);
    const names = effect.changes.map(
      ({ shiftId, before, after }) =>
        `shift ${shiftId} from ${after.guardName ?? "nobody"} to ${before.guardName ?? "nobody"}`,
    );
    return {
      target: effect.changes.map(({ shiftId }) => `shift:${shiftId}`).join(","),
      exclusiveKey: `shift:${Math.min(...effect.changes.map(({ shiftId }) => shiftId))}`,
      summary: `Gives back ${names.join(", and ")}.`,
      consequences: [
        "What was pending for who loses it is void; what is pending for who gets it back is new.",
        tellNotified([...new Set(effect.changes.flatMap(({ before, after }) => [before.guardName, after.guardName]))]),
      ],
      refusals: refusals.length > 0 ? refusals : await refuseReturn(securyflex, effect, standing, formers),
      statements: [],
      basis: { runId: effect.runId, part: effect.part, versions: standing.map(({ version }) => version).join(", ") },
    };
  },
  run: async (context, _, given) => {
    const effect = await findEffect(context.securyflex, given);
    const formers = await findFormers(context.securyflex, effect);
    const ids = effect.changes.map(({ shiftId }) => shiftId);
    const [first] = await readStandingShifts(context.securyflex, ids);
    return explainingRefusals(first?.timeZone ?? "Europe/Amsterdam", () =>
      context.transact(async (transaction) => {
        const guards = [...formers.values()].flatMap((guard) => (guard ? [guard.id] : []));
        const standing = await lockShifts(transaction, ids, guards);
        const [refusal] = [
          ...(await refuseUndo(transaction, effect, standing)),
          ...(await refuseReturn(transaction, effect, standing, formers)),
        ];
        if (refusal) throw new OperationRefusal(`Nothing was done. ${refusal}`);
        const changes = await exchangeGuards(
          transaction,
          standing.map((shift) => ({ shift, guard: formers.get(shift.id) ?? null })),
          { reason: "planning error", runId: context.runId },
        );
        const back = changes.map(({ shiftId, after }) => `${after.guardName ?? "nobody"} has shift ${shiftId} again`);
        return {
          outcome: {
            summary: `It was taken back: ${back.join(", ")}.`,
            proof: changes.map(({ shiftId, before, after }) => ({
              label: `Guard of shift ${shiftId}`,
              before: before.guardName ?? "nobody",
              after: after.guardName ?? "nobody",
            })),
          },
          changes,
          undoes: { runId: effect.runId, part: effect.part },
        };
      }),
    );
  },
  undo: "Reassign the shift.",
  timeoutSeconds: 60,
});

/** By shift, who had it before; null for nobody. */
async function findFormers(
  securyflex: PlanContext["securyflex"],
  { changes }: DoneEffect,
): Promise<Map<number, StandingGuard | null>> {
  const found = changes.map(
    async ({ shiftId, before: { guardId } }) =>
      [shiftId, guardId === null ? null : await findGuard(securyflex, guardId)] as const,
  );
  return new Map(await Promise.all(found));
}

/** Why a former guard cannot have the shift back: what nobody may override. */
async function refuseReturn(
  db: Parameters<typeof judgePlacing>[0],
  { changes }: DoneEffect,
  standing: readonly StandingShift[],
  formers: Map<number, StandingGuard | null>,
): Promise<string[]> {
  const without = changes.map(({ shiftId }) => shiftId);
  const refusals: string[] = [];
  for (const shift of standing) {
    const former = formers.get(shift.id);
    if (former) refusals.push(...(await judgePlacing(db, shift, former, { without, asOf: new Date() })).refusals);
  }
  return refusals;
}
