import { and, eq, isNotNull, isNull, lte, or, type SQL } from "drizzle-orm";

import type { ConsoleDatabase } from "../connections";
import { slaTargets } from "../console/sla-targets";
import type { MetricId } from "../rules/sla/definitions";
import type { Period } from "../rules/sla/period";
import { type SetTarget, type TargetSpan, targetAt, tellTargetSpans } from "../rules/sla/target-spans";

/**
 * The target of each metric on a local date; a metric without one is not there. Without a client, those of the house;
 * `clientId` of a target says whose it is.
 */
export async function readTargets(
  db: ConsoleDatabase,
  { clientId, at, setBefore }: { clientId?: number; at: string; setBefore?: Date },
): Promise<Map<MetricId, SetTarget>> {
  const targets = await readUntil(db, { clientId, until: at, setBefore });
  return new Map(
    [...targets].flatMap(([metric, set]) => {
      const target = targetAt(set, at);
      return target ? [[metric, target]] : [];
    }),
  );
}

/** What tells the target of any client for a metric on a local date: its own, else the house's, else undefined. */
export async function readClientTargets(
  db: ConsoleDatabase,
  { at }: { at: string },
): Promise<(clientId: number, metric: MetricId) => SetTarget | undefined> {
  const set = await selectTargets(db, lte(slaTargets.validFrom, at));
  const byMetric = groupByMetric(set);
  return (clientId, metric) => {
    const ofBoth = (byMetric.get(metric) ?? []).filter((one) => one.clientId === null || one.clientId === clientId);
    return targetAt(ofBoth, at) ?? undefined;
  };
}

/** The targets of each metric over a period, with the days on which each holds. */
export async function readTargetSpans(
  db: ConsoleDatabase,
  { clientId, period }: { clientId?: number; period: Period },
): Promise<Map<MetricId, TargetSpan[]>> {
  const targets = await readUntil(db, { clientId, until: period.until });
  return new Map([...targets].map(([metric, set]) => [metric, tellTargetSpans(set, period)]));
}

/** Clients with a target of their own for a metric that holds on a local date. */
export async function listClientsWithOwn(
  db: ConsoleDatabase,
  { metric, at }: { metric: MetricId; at: string },
): Promise<number[]> {
  const rows = await db
    .selectDistinct({ clientId: slaTargets.clientId })
    .from(slaTargets)
    .where(and(isNotNull(slaTargets.clientId), eq(slaTargets.metric, metric), lte(slaTargets.validFrom, at)));
  return rows.flatMap(({ clientId }) => clientId ?? []);
}

async function readUntil(
  db: ConsoleDatabase,
  { clientId, until, setBefore }: { clientId: number | undefined; until: string; setBefore?: Date | undefined },
): Promise<Map<MetricId, SetTarget[]>> {
  const ofHouse = isNull(slaTargets.clientId);
  return groupByMetric(
    await selectTargets(
      db,
      and(
        lte(slaTargets.validFrom, until),
        // What came with the console was always there.
        setBefore && or(isNull(slaTargets.setBy), lte(slaTargets.setAt, setBefore)),
        clientId === undefined ? ofHouse : or(ofHouse, eq(slaTargets.clientId, clientId)),
      ),
    ),
  );
}

type TargetRow = SetTarget & { metric: MetricId };

function selectTargets(db: ConsoleDatabase, where: SQL | undefined): Promise<TargetRow[]> {
  const { id, clientId, metric, ratio, targetSeconds, validFrom } = slaTargets;
  return db.select({ id, clientId, metric, ratio, targetSeconds, validFrom }).from(slaTargets).where(where);
}

function groupByMetric(rows: readonly TargetRow[]): Map<MetricId, SetTarget[]> {
  const byMetric = new Map<MetricId, SetTarget[]>();
  for (const row of rows) byMetric.set(row.metric, [...(byMetric.get(row.metric) ?? []), row]);
  return byMetric;
}
