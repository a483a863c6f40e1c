import { z } from "zod";

import { OperationRefusal, type PlanContext } from "../operation";
import { reasonCodes } from "../rules/shifts/reason-codes";
import {
  readGuard,
  readStandingShifts,
  type StandingGuard,
  type StandingShift,
} from "../shifts/changes/standing-shift";
import { tellMoves, zoneName } from "../shifts/changes/tell-moves";

const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);

export const shiftInputs = {
  shift: id,
  guard: id,
  /** The version of the shift that the person saw; without it, whatever stands when it is planned. */
  version: z.coerce.number().int().positive().optional(),
  reason: z.enum(reasonCodes),
  override: z.string().trim().min(3).max(400).optional(),
};

const optional = { isOptional: true } as const;

export const shiftFields = {
  shift: { name: "shift", label: "Shift", hint: "Its number, as its page has it." },
  guard: { name: "guard", label: "Guard", hint: "The number of the guard who gets it." },
  reason: { name: "reason", label: "Reason code", hint: `One of: ${reasonCodes.join(", ")}.` },
  version: { name: "version", label: "Version that you saw", hint: "Leave it out to act on what stands.", ...optional },
  override: {
    name: "override",
    label: "Reason to override",
    hint: "Where a rule warns. It is on record.",
    ...optional,
  },
};

/** Shifts by the ids given, in that order. Throws OperationRefusal where there is none of one. */
export async function findShifts(
  securyflex: PlanContext["securyflex"],
  ids: readonly number[],
): Promise<StandingShift[]> {
  const found = await readStandingShifts(securyflex, ids);
  return ids.map((wanted) => {
    const shift = found.find((one) => one.id === wanted);
    if (!shift) throw new OperationRefusal(`There is no shift ${wanted}.`);
    return shift;
  });
}

/** Throws OperationRefusal where there is none. */
export async function findShift(securyflex: PlanContext["securyflex"], shiftId: number): Promise<StandingShift> {
  const [shift] = await findShifts(securyflex, [shiftId]);
  return shift as StandingShift;
}

/** Throws OperationRefusal where there is none. */
export async function findGuard(securyflex: PlanContext["securyflex"], guardId: number): Promise<StandingGuard> {
  const guard = await readGuard(securyflex, guardId);
  if (!guard) throw new OperationRefusal(`There is no guard ${guardId}.`);
  return guard;
}

/** What a plan says where the shift is not at the version that the person saw. */
export async function movedSince(
  context: PlanContext,
  shift: StandingShift,
  version: number | undefined,
): Promise<{ moved?: string }> {
  const moved = version === undefined ? undefined : await tellMoves(context, shift, version);
  return moved === undefined ? {} : { moved: `${moved} Look at it again.` };
}

/** The shift in words: where and when. */
/** With its zone, as the instants of a shift are those of its location. */
export function nameShift({ id: shiftId, locationName, startAt, endAt, timeZone }: StandingShift): string {
  const from = inZone(startAt, timeZone);
  return `shift ${shiftId}, ${locationName}, ${from} to ${inZone(endAt, timeZone).slice(11)} ${zoneName(startAt, timeZone)}`;
}

export function inZone(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
  return parts.format(at);
}
