import type { Sql } from "../connections";
import type { Span } from "../rules/sla/facts";
import { type ToldRows, toldRows } from "./fact-rows";
import type { NamedHistory } from "./read-histories";

/**
 * The rows of `histories` as they were at `asOf`, with what the console knows of outages, told one at a time as they are
 * asked for. unobserved_spans_shift_id_from_at_idx.
 */
export async function tellFacts(sql: Sql, histories: readonly NamedHistory[], asOf: Date): Promise<Iterable<ToldRows>> {
  const spans = await sql<{ shiftId: number; span: Span }[]>`
    select shift_id::float8 as "shiftId",
           array[floor(date_part('epoch', from_at)), floor(date_part('epoch', coalesce(until_at, ${asOf})))] as span
    from unobserved_spans
    where shift_id = any(${histories.map(({ shiftId }) => shiftId)}::bigint[])
    order by id`;
  const byShift = new Map<number, Span[]>();
  for (const { shiftId, span } of spans) byShift.set(shiftId, [...(byShift.get(shiftId) ?? []), span]);
  return tell(histories, byShift, asOf);
}

function* tell(histories: readonly NamedHistory[], unobserved: ReadonlyMap<number, Span[]>, asOf: Date) {
  for (const history of histories) yield toldRows(history, { unobserved: unobserved.get(history.shiftId) ?? [], asOf });
}
