import { z } from "zod";

import { type ShiftPosition, type ShiftSort, stretchesOf } from "../../db/shifts/shift-order";

const instant = z
  .string()
  .regex(/^[12]\d{3}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/)
  .refine((text) => isOfCalendar(text));
const token = z.tuple([
  z.number().int().min(0).max(20),
  z.string().max(300).nullable(),
  instant,
  z.number().int().min(1),
]);

/** A position as one word for the URL. It holds a name where the list goes by names, so it is no plain text. */
export function writePosition({ stretch, key, startAt, id }: ShiftPosition): string {
  return Buffer.from(JSON.stringify([stretch, key, startAt, id])).toString("base64url");
}

/** Undefined where the word is none of ours, or of another order. */
export function readPosition(text: string, sort: ShiftSort): ShiftPosition | undefined {
  const found = token.safeParse(parse(Buffer.from(text, "base64url").toString("utf8")));
  if (!found.success) return undefined;
  const [stretch, key, startAt, id] = found.data;
  const keyColumn = stretchesOf(sort.by)[stretch]?.key;
  if (keyColumn === undefined || (keyColumn === null) !== (key === null)) return undefined;
  if (key?.includes("\0")) return undefined;
  if ((sort.by === "end" || sort.by === "updated") && !instant.safeParse(key).success) return undefined;
  if (sort.by === "rate" && !/^\d{1,8}\.\d{2}$/.test(key as string)) return undefined;
  return { stretch, key, startAt, id };
}

/** JavaScript takes 30 February for 2 March, PostgreSQL refuses it. */
function isOfCalendar(text: string): boolean {
  const at = Date.parse(text);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 19) === text.slice(0, 19);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
