import { sql } from "drizzle-orm";

import type { Database, Sql } from "../connections";
import { type Freezing, freezeFacts } from "./freeze-facts";
import { type NamedHistory, readHistories } from "./read-histories";

/** A shift is frozen so long after its end. */
export const settleSeconds = 24 * 3600;
const chunkMs = 24 * 3600_000;
/** Days of shifts that SecuryFlex reads at the same time. */
const readsAtOnce = 2;

export type Ground = {
  /** SecuryFlex as console_read. */
  securyflex: Database;
  /** One transaction of the console's database. */
  write: <Result>(work: (sql: Sql) => Promise<Result>) => Promise<Result>;
  signal?: AbortSignal;
};

/**
 * Tells and freezes all shifts that end within (from, until], a day of ends at a time, each in one transaction, while the
 * next days are read; `reached` is called in it. May be run for any range as often as one likes, and goes on where it
 * was cut off. Never freezes what ended less than `settleSeconds` before `asOf`.
 */
export async function freezeRange(
  { securyflex, write, signal }: Ground,
  {
    from,
    until,
    asOf,
    reached,
  }: { from: Date; until: Date; asOf: Date; reached?: (sql: Sql, end: Date) => Promise<void> },
): Promise<Freezing> {
  const last = Math.min(+until, +asOf - settleSeconds * 1000);
  const sum: Freezing = { frozen: 0, corrected: 0, same: 0 };
  const ahead: Promise<NamedHistory[]>[] = [];
  let readUntil = +from;
  for (let at = +from; at < last; at += chunkMs) {
    signal?.throwIfAborted();
    for (; readUntil < last && ahead.length < readsAtOnce; readUntil += chunkMs) {
      const end = new Date(Math.min(last, readUntil + chunkMs));
      const reading = readHistories(securyflex, { endsAfter: new Date(readUntil), endsBy: end });
      reading.catch(() => undefined); // is thrown when its turn comes
      ahead.push(reading);
    }
    const histories = (await ahead.shift()) ?? [];
    const end = new Date(Math.min(last, at + chunkMs));
    const done = await write(async (console) => {
      const freezing = await freezeFacts(console, histories, asOf);
      await reached?.(console, end);
      return freezing;
    });
    for (const key of ["frozen", "corrected", "same"] as const) sum[key] += done[key];
  }
  return sum;
}

/** Goes on from where freezing stands, at the first time from the first shift on. */
export async function freezeOn(ground: Ground, asOf: Date): Promise<Freezing> {
  const [progress] = await ground.write(
    (console) => console<{ frozenUntil: Date | null }[]>`
    select frozen_until as "frozenUntil" from sla_progress`,
  );
  const until = new Date(+asOf - settleSeconds * 1000);
  const from = progress?.frozenUntil ?? (await firstEnd(ground.securyflex)) ?? until;
  return freezeRange(ground, { from, until, asOf, reached: markFrozen });
}

async function markFrozen(console: Sql, end: Date): Promise<void> {
  await console`
    insert into sla_progress (frozen_until) values (${end})
    on conflict (id) do update set frozen_until = greatest(sla_progress.frozen_until, excluded.frozen_until)`;
}

/** A second before the first end of a shift; null without any. */
async function firstEnd(db: Database): Promise<Date | null> {
  const [first] = await db.execute<{ seconds: number | null }>(sql`
    select date_part('epoch', min(end_datetime)) as seconds from shifts`);
  return first?.seconds ? new Date(first.seconds * 1000 - 1000) : null;
}
