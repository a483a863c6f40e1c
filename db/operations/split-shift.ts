import { sql } from "drizzle-orm";
import { z } from "zod";

import { defineOperation, OperationRefusal, type Transaction } from "../operation";
import { localInstant } from "../rules/shifts/start-of-day";
import { explainingRefusals, holdShifts } from "../shifts/changes/change-shifts";
import { judgePlacing, refuseChange } from "../shifts/changes/judge-placing";
import { placeGuard } from "../shifts/changes/place-guard";
import { renewPayment } from "../shifts/changes/settle-payment";
import {
  readStandingShifts,
  type StandingGuard,
  type StandingShift,
  standingOf,
} from "../shifts/changes/standing-shift";
import { findGuard, findShift, inZone, movedSince, nameShift, shiftFields, shiftInputs } from "./find-shift";

const { shift, guard, reason, version } = shiftInputs;
const at = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/);

export const splitShift = defineOperation({
  id: "split-shift",
  title: "Split a shift",
  purpose: "Cuts a shift in two at an instant: the first keeps its guard, the second is open or another guard's.",
  risk: "medium",
  permission: "shifts.reassign",
  changes: "rows",
  input: z.object({ shift, at, guard: guard.optional(), reason, version }),
  fields: [
    shiftFields.shift,
    { name: "at", label: "Cut at", hint: "In the zone of the location: 2026-11-24T12:00." },
    { ...shiftFields.guard, label: "Guard of the second", hint: "Leave it out to publish it.", isOptional: true },
    shiftFields.reason,
    shiftFields.version,
  ],
  plan: async (context, given) => {
    const standing = await findShift(context.securyflex, given.shift);
    const taker = given.guard === undefined ? null : await findGuard(context.securyflex, given.guard);
    const cutAt = localInstant(given.at, standing.timeZone);
    return {
      target: `shift:${standing.id}`,
      exclusiveKey: `shift:${standing.id}`,
      summary: `Cuts ${nameShift(standing)} in two at ${given.at.replace("T", " ")}.`,
      consequences: [
        `The first stays shift ${standing.id} with ${standing.guardName ?? "nobody"}; what was checked in stays with it, also from after the cut.`,
        `The second is a new shift with ${taker?.fullName ?? "nobody"}, at the same rate.`,
        ...(standing.guardName ? [`${standing.guardName} is paid for the first alone.`] : []),
      ],
      refusals: [...refuseChange(standing), ...refuseCut(standing, cutAt)],
      statements: [],
      basis: { version: standing.version, cutAt: cutAt?.toISOString() ?? null },
      ...(await movedSince(context, standing, given.version)),
    };
  },
  run: async (context, plan, given) => {
    const { timeZone } = await findShift(context.securyflex, given.shift);
    const taker = given.guard === undefined ? null : await findGuard(context.securyflex, given.guard);
    const cutAt = String(plan.basis.cutAt);
    return explainingRefusals(timeZone, () =>
      context.transact(async (transaction) => {
        const seen = [{ shiftId: given.shift, version: Number(plan.basis.version) }];
        const held = await holdShifts(context, transaction, seen, taker ? [taker] : []);
        const standing = held.get(given.shift) as StandingShift;
        const [cut] = await transaction.execute<{ id: string | null }>(
          sql`select ops_split_shift(${given.shift}, ${cutAt}::timestamptz) as id`,
        );
        const [refusal] = [...refuseChange(standing), ...(cut?.id ? [] : refuseCut(standing, null))];
        if (refusal) throw new OperationRefusal(`Nothing was done. ${refusal}`);
        const [first, second] = (await readStandingShifts(transaction, [given.shift, Number(cut?.id)])) as [
          StandingShift,
          StandingShift,
        ];
        await renewPayment(transaction, first);
        const [against] = taker ? await judgeSecond(transaction, second, taker) : [];
        if (against) throw new OperationRefusal(`Nothing was done. ${against}`);
        const cause = { reason: given.reason, runId: context.runId };
        const placed = taker ? await placeGuard(transaction, second, taker, cause) : undefined;
        const shortened = {
          shiftId: first.id,
          version: first.version,
          reason: given.reason,
          before: standingOf(standing),
          after: standingOf(first),
        };
        return {
          outcome: {
            summary: `Shift ${first.id} ends ${inZone(first.endAt, timeZone)}; shift ${second.id} goes on with ${taker?.fullName ?? "nobody"} (${given.reason}).`,
            proof: [
              {
                label: `End of shift ${first.id}`,
                before: inZone(standing.endAt, timeZone),
                after: inZone(first.endAt, timeZone),
              },
              { label: `Guard of shift ${second.id}`, before: "no such shift", after: taker?.fullName ?? "nobody" },
            ],
          },
          changes: placed ? [shortened, placed] : [shortened],
        };
      }),
    );
  },
  undo: "Give the second to the guard of the first; the two stay two.",
  timeoutSeconds: 60,
});

async function judgeSecond(db: Transaction, second: StandingShift, taker: StandingGuard): Promise<string[]> {
  const { refusals, warnings } = await judgePlacing(db, second, taker, { asOf: new Date() });
  return [...refusals, ...warnings.map((warning) => `${warning} Publish the second and reassign it with a reason.`)];
}

function refuseCut(standing: StandingShift, cutAt: Date | null): string[] {
  const isWithin = cutAt !== null && cutAt > standing.startAt && cutAt < standing.endAt;
  return isWithin ? [] : [`The cut does not lie within the shift, which is ${nameShift(standing)}.`];
}
