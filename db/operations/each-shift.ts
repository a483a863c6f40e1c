import { z } from "zod";

import { type Fact, OperationRefusal, OperationStopped, type Outcome, type Plan, type RunContext } from "../operation";

const mostRows = 40;
const number = "(\\d{1,15})";

/** One row of a bulk: a shift, at the version that was seen, and the guard who gets it where one is named. */
export type ShiftRow = { shift: number; guard?: number; version?: number };

const split = (text: string) => text.split(/[\s,;]+/).filter((word) => word !== "");

/** Rows as text: `12@3`, or `12:7@3` where each row names a guard; the version may be left out. Each shift once. */
export function shiftRows({ hasGuards }: { hasGuards: boolean }) {
  const row = new RegExp(`^${number}${hasGuards ? `:${number}` : "()"}(?:@(\\d{1,9}))?$`);
  const example = hasGuards ? "shift:guard, or shift:guard@version" : "shift, or shift@version";
  const parse = (text: string): ShiftRow[] =>
    split(text).map((word) => {
      const [, shift, guard, version] = word.match(row) as RegExpMatchArray;
      return {
        shift: Number(shift),
        guard: guard ? Number(guard) : undefined,
        version: version ? Number(version) : undefined,
      };
    });
  const isRows = (text: string) => {
    const words = split(text);
    if (words.length === 0 || words.length > mostRows || !words.every((word) => row.test(word))) return false;
    return new Set(parse(text).map(({ shift }) => shift)).size === words.length;
  };
  return {
    /** Kept as it was written: the text is checked, and read again where it is used. */
    input: z.string().refine(isRows),
    field: {
      name: "rows",
      label: hasGuards ? "Shifts and guards" : "Shifts",
      hint: `${example} that you saw; at most ${mostRows}, each shift once.`,
    },
    parse,
  };
}

/** What each row would bring or why it will not be done, by `planOne`; refused only where none can be done. */
export async function planEach<Row extends ShiftRow>(
  rows: readonly Row[],
  { key, doing, planOne }: { key: string; doing: string; planOne: (row: Row) => Promise<Plan> },
): Promise<Plan> {
  const consequences: string[] = [];
  let readyCount = 0;
  let mayConfirm: readonly string[] | undefined;
  for (const row of rows) {
    const plan = await planOne(row).catch(refusalOf);
    const against = typeof plan === "string" ? plan : (plan.moved ?? plan.refusals[0]);
    if (typeof plan === "string" || against !== undefined) {
      consequences.push(`Shift ${row.shift} will not be done: ${against}`);
      continue;
    }
    readyCount += 1;
    consequences.push(`Shift ${row.shift}: ${plan.summary}`);
    const { mayConfirm: named } = plan;
    if (named) mayConfirm = mayConfirm?.filter((role) => named.includes(role)) ?? named;
  }
  return {
    target: `${rows.length} shifts`,
    exclusiveKey: key,
    summary: `${doing} ${rows.length} shifts, of which ${readyCount} can be as they stand now.`,
    consequences,
    refusals: readyCount === 0 ? ["None of them can be done."] : [],
    statements: [],
    basis: {},
    ...(mayConfirm ? { mayConfirm } : {}),
  };
}

/**
 * Does each row by itself, as the part of its place: what one is refused stops no other. The proof has a line for each,
 * in their order. Throws OperationRefusal where none was done, OperationStopped where it was stopped before the last; what
 * was done stands.
 */
export async function runEach<Row extends ShiftRow>(
  context: RunContext,
  rows: readonly Row[],
  runOne: (row: Row, part: number) => Promise<Outcome>,
): Promise<Outcome> {
  const proof: Fact[] = [];
  let doneCount = 0;
  let isStopped = false;
  for (const [position, row] of rows.entries()) {
    const part = position + 1;
    const outcome = await runUnlessStopped(context, () => {
      const progress = { phase: `Shift ${row.shift}`, doneRatio: position / rows.length };
      return context.progress(progress).then(() => runOne(row, part));
    });
    if (outcome === stopped) isStopped = true;
    const isDone = typeof outcome !== "string";
    if (isDone) doneCount += 1;
    const { before, after } = isDone ? (outcome.proof[0] as Fact) : { before: "not done", after: outcome };
    proof.push({ label: `Shift ${row.shift}`, before, after, row: { shiftId: row.shift, part, isDone } });
  }
  if (isStopped)
    throw new OperationStopped(`It was stopped: ${doneCount} of ${rows.length} had been done, and stand.`, proof);
  if (doneCount === 0)
    throw new OperationRefusal(`None of ${rows.length} was done. ${proof.map(({ after }) => after).join(" ")}`, proof);
  return { summary: `${doneCount} of ${rows.length} done.`, proof, isPartial: doneCount < rows.length };
}

const stopped = "The run was stopped before it.";

async function runUnlessStopped({ signal }: RunContext, work: () => Promise<Outcome>): Promise<Outcome | string> {
  if (signal.aborted) return stopped;
  try {
    return await work();
  } catch (error) {
    if (signal.aborted && error === signal.reason) return stopped;
    return refusalOf(error);
  }
}

function refusalOf(error: unknown): string {
  if (error instanceof OperationRefusal) return error.message;
  throw error;
}
