import { and, asc, between, desc, eq, exists, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { ConsoleDatabase } from "../connections";
import { panelSamples } from "../console/schema";
import type { PanelSample } from "./list-panel-samples";

/** What one row of a panel came to over a time. */
export type SampledRow = {
  subject: string;
  /** Answers that had it. */
  seenCount: number;
  /** Over all answers, also those that did not have it. */
  mean: number;
  most: number;
  /** Of all rows together; null where they came to nothing. */
  shareRatio: number | null;
};

type Asked = { panel: string; column: string; resolutionSeconds: number; from: Date; to: Date };

const taken = alias(panelSamples, "taken");
const part = sql<string>`split_part(${panelSamples.subject}, ' · ', 1)`;

/**
 * The samples of a panel whose absent rows stand at zero, oldest first: one for each answer from `from` to `to`, with
 * the sum of `column` by the first word of the row's name. An answer without rows measured nothing.
 * panel_samples_pkey.
 */
export async function listSampledParts(db: ConsoleDatabase, asked: Asked): Promise<PanelSample[]> {
  const value = sql<number>`sum((${panelSamples.measured} ->> ${asked.column})::float8)`;
  const parts = db
    .select({ sampledAt: panelSamples.sampledAt, part: part.as("part"), value: value.as("value") })
    .from(panelSamples)
    .where(isAsked(asked))
    .groupBy(panelSamples.sampledAt, part)
    .as("parts");
  const measured = sql<Record<string, number>>`
    coalesce(jsonb_object_agg(${parts.part}, ${parts.value}) filter (where ${parts.part} <> ''), '{}')`;
  return db
    .select({ sampledAt: parts.sampledAt, measured })
    .from(parts)
    .groupBy(parts.sampledAt)
    .having(sql`bool_or(${parts.part} = '')`)
    .orderBy(asc(parts.sampledAt));
}

/** What each row came to over the same time and in the same answers, the most first. */
export async function listSampledRows(db: ConsoleDatabase, asked: Asked): Promise<SampledRow[]> {
  const value = sql`(${panelSamples.measured} ->> ${asked.column})::float8`;
  const isWhole = and(
    eq(taken.resolutionSeconds, panelSamples.resolutionSeconds),
    eq(taken.panel, panelSamples.panel),
    eq(taken.subject, ""),
    eq(taken.sampledAt, panelSamples.sampledAt),
  );
  const total = sql<number>`sum(${value})`.mapWith(Number);
  const rows = await db
    .select({
      subject: panelSamples.subject,
      seenCount: sql<number>`count(*)::integer`,
      total,
      most: sql<number>`max(${value})`,
    })
    .from(panelSamples)
    .where(and(isAsked(asked), exists(db.select({ one: sql`1` }).from(taken).where(isWhole))))
    .groupBy(panelSamples.subject)
    .orderBy(desc(total), asc(panelSamples.subject));
  const all = rows.find(({ subject }) => subject === "");
  return rows
    .filter(({ subject }) => subject !== "")
    .map(({ subject, seenCount, total, most }) => ({
      subject,
      seenCount,
      most,
      mean: total / (all?.seenCount ?? seenCount),
      shareRatio: all && all.total > 0 ? total / all.total : null,
    }));
}

function isAsked({ panel, resolutionSeconds, from, to }: Asked) {
  return and(
    eq(panelSamples.resolutionSeconds, resolutionSeconds),
    eq(panelSamples.panel, panel),
    between(panelSamples.sampledAt, from, to),
  );
}
