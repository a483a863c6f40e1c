import { securyflex } from "../../db/connections";
import { unreadableReason } from "../../db/database/unreadable-reason";
import type { Migration } from "../../db/migrations/migration-files";
import { parseScriptOrWhole } from "../../db/migrations/parse-script";
import { whatWaits } from "../../db/migrations/review/lock-mode";
import type { MigrationReview } from "../../db/migrations/review/review-migration";
import type { Side } from "../../db/migrations/statement-ledger";
import { reviewMigration } from "../../db/operations/review-migration";

/**
 * One side of a migration, statement by statement. A verdict is given where it could run now. Null where it was not
 * reviewed, as for the console's own.
 */
export async function readSide(migration: Migration, side: Side, couldRun: boolean, isConsole = false) {
  const texts = (await parseScriptOrWhole(migration[side].text)).map(({ position, text }) => ({ position, text }));
  const review = isConsole
    ? null
    : await reviewMigration(securyflex("console_read"), migration, side).catch((error: unknown) =>
        unreadableReason(error),
      );
  if (review === null || typeof review === "string") return { texts, statements: null, verdict: null, unread: review };
  const verdict = couldRun ? { is: review.verdict, reasons: review.reasons } : null;
  return {
    texts,
    statements: review.statements.map((statement, index) => shown(statement, index + 1, couldRun)),
    verdict,
    unread: null,
  };
}

export type SideRead = Awaited<ReturnType<typeof readSide>>;
export type ShownStatement = NonNullable<SideRead["statements"]>[number];

/** What stands in the way now, and what a linter says, is told of what could run now. */
function shown(statement: MigrationReview["statements"][number], position: number, couldRun: boolean) {
  const { text, words, work, isConcurrent, isReversible, isKnown, locks, relations, findings } = statement;
  return {
    position,
    text,
    words,
    work,
    isConcurrent,
    isReversible,
    isKnown,
    locks: locks.map((lock) => ({ ...lock, waits: whatWaits(lock.mode) })),
    relations: relations.map((relation) => (couldRun ? relation : { ...relation, blockers: [] })),
    findings: couldRun ? findings : [],
  };
}
