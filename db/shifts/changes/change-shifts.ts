import { OperationRefusal, type RunContext, type Transaction } from "../../operation";
import { causeOf } from "../../operations/runs/effects";
import { explainRefusal } from "../explain-refusal";
import { lockShifts, type StandingGuard, type StandingShift } from "./standing-shift";
import { tellMoves } from "./tell-moves";

/** Runs work that changes shifts; what the rules of the database refuse becomes a sentence. */
export async function explainingRefusals<Result>(timeZone: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const sentence = explainRefusal(error, timeZone) ?? explainSecondUndo(error);
    throw sentence ? new OperationRefusal(sentence) : error;
  }
}

function explainSecondUndo(error: unknown): string | undefined {
  const cause = causeOf(error) as { constraint_name?: unknown } | null;
  return cause?.constraint_name === "ops_operation_effects_undoes_idx"
    ? "Nothing was done: somebody took it back at the same moment."
    : undefined;
}

/**
 * The shifts under lock, as the plan saw them. Throws OperationRefusal that tells who changed one since, or that it is
 * gone.
 */
export async function holdShifts(
  context: RunContext,
  transaction: Transaction,
  seen: readonly { shiftId: number; version: number | undefined }[],
  guards: readonly StandingGuard[],
): Promise<Map<number, StandingShift>> {
  const held = await lockShifts(
    transaction,
    seen.map(({ shiftId }) => shiftId),
    guards.map(({ id }) => id),
  );
  const byId = new Map(held.map((shift) => [shift.id, shift]));
  for (const { shiftId, version } of seen) {
    const shift = byId.get(shiftId);
    if (!shift) throw new OperationRefusal(`Nothing was done: there is no shift ${shiftId} any more.`);
    const moved =
      version === undefined
        ? undefined
        : await tellMoves({ securyflex: transaction, console: context.console }, shift, version);
    if (moved) throw new OperationRefusal(`Nothing was done. ${moved}`);
  }
  return byId;
}
