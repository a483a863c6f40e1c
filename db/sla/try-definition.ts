import { inArray } from "drizzle-orm";

import type { ConsoleDatabase, Database } from "../connections";
import { unobservedSpans } from "../console/alarm-tables";
import { addFacts, noCounts } from "../rules/sla/add-facts";
import type { SlaCounts } from "../rules/sla/counts";
import type { Span } from "../rules/sla/facts";
import type { Period } from "../rules/sla/period";
import { type SlaRule, slaRule } from "../rules/sla/sla-rule";
import { tellShiftFacts } from "../rules/sla/tell-shift-facts";
import { type NamedHistory, readHistories } from "./read-histories";

const dayMs = 24 * 3600_000;
/** Local dates of all zones, and shifts that end the day after. */
const daysAround = { before: 1, after: 3 };

/** What shifts count up to with the times that are in force, and with the other ones. */
export type Tried = { inForce: SlaCounts; tried: SlaCounts };
export type TriedClient = Tried & { clientId: number; clientName: string };

/**
 * Tells every shift that started on a local date of the period from its check-ins twice: with the times that are in
 * force, and with those of `rule`. Reads a day of SecuryFlex at a time and calls `reached` with the share that is read.
 * Writes nothing. Throws the signal's reason once it is aborted.
 */
export async function tryDefinition(
  { securyflex, console, signal }: { securyflex: Database; console: ConsoleDatabase; signal: AbortSignal },
  {
    rule,
    period,
    clientId,
    asOf,
    reached,
  }: {
    rule: SlaRule;
    period: Period;
    /** Undefined for all clients. */
    clientId: number | undefined;
    asOf: Date;
    reached: (doneRatio: number) => Promise<void>;
  },
): Promise<{ all: Tried; clients: TriedClient[] }> {
  const all = nothing();
  const clients = new Map<number, TriedClient>();
  const from = +new Date(period.from) - daysAround.before * dayMs;
  const until = Math.min(+asOf + dayMs, +new Date(period.until) + daysAround.after * dayMs);
  for (let at = from; at < until; at += dayMs) {
    signal.throwIfAborted();
    const histories = await readHistories(securyflex, {
      ...{ endsAfter: new Date(at), endsBy: new Date(at + dayMs) },
      ...(clientId === undefined ? {} : { clientId }),
    });
    const wanted = histories.filter(({ localDate }) => localDate >= period.from && localDate <= period.until);
    const unobserved = await readUnobserved(console, wanted, asOf);
    for (const history of wanted) {
      const shift = { ...history, unobserved: unobserved.get(history.shiftId) ?? [] };
      const { clientId: id, clientName, headcount } = history;
      const client = clients.get(id) ?? { clientId: id, clientName, ...nothing() };
      clients.set(id, client);
      for (const [kind, times] of [
        ["inForce", slaRule],
        ["tried", rule],
      ] as const) {
        const facts = tellShiftFacts(shift, { asOf: Math.floor(+asOf / 1000), rule: times });
        for (const counts of [all[kind], client[kind]]) addFacts(counts, headcount, facts);
      }
    }
    await reached((at + dayMs - from) / (until - from));
  }
  return { all, clients: [...clients.values()] };
}

const nothing = (): Tried => ({ inForce: noCounts(), tried: noCounts() });

/** unobserved_spans_shift_id_from_at_idx. */
async function readUnobserved(
  console: ConsoleDatabase,
  histories: readonly NamedHistory[],
  asOf: Date,
): Promise<Map<number, Span[]>> {
  const ids = histories.map(({ shiftId }) => shiftId);
  const { shiftId, fromAt, untilAt } = unobservedSpans;
  const rows = ids.length
    ? await console.select({ shiftId, fromAt, untilAt }).from(unobservedSpans).where(inArray(shiftId, ids))
    : [];
  const spans = new Map<number, Span[]>();
  const seconds = (at: Date) => Math.floor(+at / 1000);
  for (const row of rows) {
    spans.set(row.shiftId, [
      ...(spans.get(row.shiftId) ?? []),
      [seconds(row.fromAt), seconds(row.untilAt ?? asOf)] as const,
    ]);
  }
  return spans;
}
