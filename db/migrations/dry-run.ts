import { drizzle } from "drizzle-orm/postgres-js";

import { openClient } from "../connections";
import { reviewMigration } from "../operations/review-migration";
import * as schema from "../schema";
import { readLedger } from "./ledger";
import type { Migration } from "./migration-files";
import { whatWaits } from "./review/lock-mode";
import type { MigrationReview } from "./review/review-migration";
import type { Side } from "./statement-ledger";

/**
 * What would run on a database, reviewed and not run: what is pending, or the newest `steps` the way down. Reads alone,
 * and takes no lock.
 */
export async function reviewWhatWouldRun(
  url: string,
  migrations: Migration[],
  side: Side,
  steps: number,
): Promise<MigrationReview[]> {
  const sql = openClient(url, { max: 1, applicationName: "securyflex-console dry run" });
  const reader = openClient(url, { max: 1, applicationName: "securyflex-console dry run" });
  try {
    const ledger = await readLedger(sql);
    const db = drizzle(reader, { schema });
    const applied = ledger.filter(({ origin }) => origin === "applied").map(({ version }) => version);
    const chosen =
      side === "up"
        ? migrations.slice(ledger.length)
        : migrations
            .slice(Math.max(0, ledger.length - steps), ledger.length)
            .filter(({ version }) => applied.includes(version))
            .reverse();
    const reviews: MigrationReview[] = [];
    for (const migration of chosen) reviews.push(await reviewMigration(db, migration, side));
    return reviews;
  } finally {
    await Promise.all([sql.end(), reader.end()]);
  }
}

/** A review as lines for a terminal. */
export function describeReview(database: string, review: MigrationReview): string[] {
  const { label, direction, verdict, reasons, statements } = review;
  return [
    `${database} ${label} ${direction}: ${verdict}`,
    ...reasons.map((reason) => `  ${reason}`),
    ...statements.flatMap(({ text, words, locks, findings, relations }, index) => [
      `  ${index + 1}. ${words}`,
      ...locks.map(({ relation, mode }) => `     ${mode} on ${relation}; what waits: ${whatWaits(mode)}`),
      ...relations.flatMap(({ blockers }) => blockers.map((blocker) => `     ${blocker}`)),
      ...findings.map(({ rule, severity, reason, advice }) => `     ${rule} ${severity}: ${reason} ${advice}`),
      ...text.split("\n").map((line) => `     | ${line}`),
    ]),
  ];
}
