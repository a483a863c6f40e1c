import { and, asc, between, desc, eq, sql } from "drizzle-orm";

import type { ConsoleDatabase } from "../connections";
import { panelSamples } from "../console/schema";
import type { Measured } from "../rules/database/rates";
import { resolutions } from "./record-panel-reading";

export type PanelSample = { sampledAt: Date; measured: Record<string, number> };

/** How long samples of each resolution are kept, in seconds. */
const keptSeconds = { 60: 2 * 86_400, 600: 14 * 86_400, 3600: 90 * 86_400 };

/** The finest resolution that reaches back to `from` and in which the panel is sampled. */
export function resolutionFor(from: Date, now: Date, everySeconds: number): (typeof resolutions)[number] {
  const backSeconds = (now.getTime() - from.getTime()) / 1000;
  return resolutions.find((seconds) => seconds >= everySeconds && keptSeconds[seconds] >= backSeconds) ?? 3600;
}

/** The samples of one row of a panel from `from` to `to`, oldest first. panel_samples_pkey. */
export async function listPanelSamples(
  db: ConsoleDatabase,
  asked: { panel: string; subject: string; resolutionSeconds: number; from: Date; to: Date },
): Promise<PanelSample[]> {
  return db
    .select({ sampledAt: panelSamples.sampledAt, measured: panelSamples.measured })
    .from(panelSamples)
    .where(
      and(
        eq(panelSamples.resolutionSeconds, asked.resolutionSeconds),
        eq(panelSamples.panel, asked.panel),
        eq(panelSamples.subject, asked.subject),
        between(panelSamples.sampledAt, asked.from, asked.to),
      ),
    )
    .orderBy(asc(panelSamples.sampledAt));
}

const forecastDays = 90;

/** The last sample of each day of one row of a panel, in the 90 days before `asOf`, oldest first. panel_samples_pkey. */
export async function listDailySamples(
  db: ConsoleDatabase,
  { panel, subject, column, asOf }: { panel: string; subject: string; column: string; asOf: Date },
): Promise<Measured[]> {
  const day = sql`date_trunc('day', ${panelSamples.sampledAt}, 'UTC')`;
  return db
    .selectDistinctOn([day], {
      at: panelSamples.sampledAt,
      value: sql<number | null>`(${panelSamples.measured} ->> ${column})::float8`,
    })
    .from(panelSamples)
    .where(
      and(
        eq(panelSamples.resolutionSeconds, 3600),
        eq(panelSamples.panel, panel),
        eq(panelSamples.subject, subject),
        between(panelSamples.sampledAt, new Date(asOf.getTime() - forecastDays * 86_400_000), asOf),
      ),
    )
    .orderBy(day, desc(panelSamples.sampledAt));
}

/** Rows of a panel that have samples from `from` to `to`, by name. */
export async function listSampledSubjects(
  db: ConsoleDatabase,
  asked: { panel: string; resolutionSeconds: number; from: Date; to: Date },
): Promise<string[]> {
  const rows = await db
    .selectDistinct({ subject: panelSamples.subject })
    .from(panelSamples)
    .where(
      and(
        eq(panelSamples.resolutionSeconds, asked.resolutionSeconds),
        eq(panelSamples.panel, asked.panel),
        between(panelSamples.sampledAt, asked.from, asked.to),
      ),
    )
    .orderBy(asc(panelSamples.subject));
  return rows.map(({ subject }) => subject);
}

const samplesAtOnce = 2_000;

/**
 * The samples of one row of a panel, or of all where `subject` is null, row by row and oldest first, some at a time:
 * each batch is a question of its own that begins where the last one ended. panel_samples_pkey.
 */
export async function* tellPanelSamples(
  db: ConsoleDatabase,
  asked: { panel: string; subject: string | null; resolutionSeconds: number; from: Date; to: Date },
): AsyncGenerator<(PanelSample & { subject: string })[]> {
  const { panel, subject, resolutionSeconds, from, to } = asked;
  const { sampledAt, measured } = panelSamples;
  const place = sql`(${panelSamples.subject}, ${sampledAt})`;
  let last: (PanelSample & { subject: string }) | undefined;
  do {
    const batch = await db
      .select({ subject: panelSamples.subject, sampledAt, measured })
      .from(panelSamples)
      .where(
        and(
          eq(panelSamples.resolutionSeconds, resolutionSeconds),
          eq(panelSamples.panel, panel),
          subject === null ? undefined : eq(panelSamples.subject, subject),
          between(sampledAt, from, to),
          last && sql`${place} > (${last.subject}, ${last.sampledAt.toISOString()}::timestamptz)`,
        ),
      )
      .orderBy(asc(panelSamples.subject), asc(sampledAt))
      .limit(samplesAtOnce);
    if (batch.length > 0) yield batch;
    last = batch.length === samplesAtOnce ? batch.at(-1) : undefined;
  } while (last);
}
