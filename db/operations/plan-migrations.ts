import type { Database } from "../connections";
import type { Migration } from "../migrations/migration-files";
import { parseScriptOrWhole } from "../migrations/parse-script";
import { fingerprintOf, readSchema } from "../migrations/read-schema";
import type { MigrationReview } from "../migrations/review/review-migration";
import type { Side } from "../migrations/statement-ledger";
import type { Plan, RunContext } from "../operation";
import { describeBytes, sizeClass } from "./find-table";
import { filesDigest, type MigrationState, readMigrationState } from "./migration-state";
import { reviewMigration } from "./review-migration";

/** What running one side of migrations means, from the review of each of their statements. */
export async function planMigrations(
  db: Database,
  { state, chosen, side }: { state: MigrationState; chosen: Migration[]; side: Side },
): Promise<Omit<Plan, "target" | "summary">> {
  const reviews = await Promise.all(chosen.map((migration) => reviewMigration(db, migration, side)));
  const scripts = await Promise.all(chosen.map((migration) => parseScriptOrWhole(migration[side].text)));
  const losesRows = reviews.some(({ statements }) => statements.some(({ isReversible }) => !isReversible));
  return {
    exclusiveKey: "migrations",
    consequences: [
      ...reviews.flatMap((review) => consequencesOf(review, chosen.length > 1)),
      "A lock that is not free is tried for 2 s at a time, ten times; then it fails and says who held it.",
      ...(losesRows ? ["Rows or values are gone for good after it: a second person approves it."] : []),
    ],
    refusals: [
      ...(state.drift === null ? [] : [state.drift]),
      ...(state.cutOff && state.cutOff.side !== side ? [cutOffHalfWay(state.cutOff, state.migrations)] : []),
      ...reviews.filter(({ verdict }) => verdict === "never").flatMap(({ label, reasons }) => named(label, reasons)),
    ],
    statements: scripts.flat().map(({ text }) => text),
    basis: {
      versions: chosen.map(({ version }) => version).join(", "),
      files: filesDigest(chosen),
      schema: fingerprintOf(await readSchema(db)),
      sizes: sizesOf(reviews),
    },
    ...(losesRows ? { risk: "critical" as const } : {}),
  };
}

function cutOffHalfWay({ version, side }: NonNullable<MigrationState["cutOff"]>, migrations: Migration[]): string {
  const label = migrations[version - 1]?.label ?? `Migration ${version}`;
  return side === "up"
    ? `${label} was cut off half way. Apply it to its end first.`
    : `The roll-back of ${label} was cut off half way. Roll it back to its end first.`;
}

const named = (label: string, reasons: string[]) => reasons.map((reason) => `${label}: ${reason}`);

function consequencesOf({ label, statements, verdict, reasons }: MigrationReview, isOneOfMany: boolean): string[] {
  const sentences = statements.map(({ words, relations }) => {
    const sizes = relations.flatMap(({ name, sizeBytes }) =>
      sizeBytes === null ? [] : [`${name} has ${describeBytes(sizeBytes)}`],
    );
    return sizes.length > 0 ? `${words} (${sizes.join(", ")})` : words;
  });
  const notes = verdict === "never" ? [] : reasons;
  const all = [...new Set([...sentences, ...notes])];
  return isOneOfMany ? named(label, all) : all;
}

function sizesOf(reviews: MigrationReview[]): string {
  const classes = reviews.flatMap(({ statements }) =>
    statements.flatMap(({ relations }) =>
      relations.map(({ name, sizeBytes }) => `${name} ${sizeBytes === null ? "unknown" : sizeClass(sizeBytes)}`),
    ),
  );
  return [...new Set(classes)].sort().join(", ");
}

/**
 * What a dead attempt had done of a plan: nothing, part or all of it. Part is what the ledgers name: it is gone on with,
 * for the files that were approved.
 */
export async function howFar(
  context: RunContext,
  plan: Plan,
  side: Side,
): Promise<{ state: MigrationState; done: "nothing" | "part" | "all" }> {
  const state = await readMigrationState(context.securyflex);
  const versions = String(plan.basis.versions).split(", ").map(Number);
  const applied = versions.filter((version) => version <= state.ledger.length);
  const isCutOff = state.cutOff !== undefined && versions.includes(state.cutOff.version);
  const goal = side === "up" ? versions.length : 0;
  const start = versions.length - goal;
  if (!isCutOff && applied.length === goal) return { state, done: "all" };
  if (!isCutOff && applied.length === start) return { state, done: "nothing" };
  return { state, done: "part" };
}

/** Whether the files are still those that the plan was made of. */
export function areSameFiles(plan: Plan, migrations: Migration[]): boolean {
  const versions = String(plan.basis.versions).split(", ").map(Number);
  return filesDigest(migrations.filter(({ version }) => versions.includes(version))) === plan.basis.files;
}
