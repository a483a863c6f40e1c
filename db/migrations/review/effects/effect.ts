import type { CatalogFacts, RelationFacts } from "../catalog-facts";
import { isStronger, type LockMode, whatWaits } from "../lock-mode";
import type { StatementEffect, StatementLock, StatementWork } from "../statement-effect";
import { shortName } from "../syntax";

export type EffectContext = {
  facts: CatalogFacts;
  /** Relations that the script itself made before: nobody else knows them yet. */
  made: ReadonlySet<string>;
};

/** What one part of a statement does; parts are merged into the effect of the whole. */
export type Effect = {
  /** Without its full stop; begins with a verb. */
  words: string;
  locks: StatementLock[];
} & Partial<Pick<StatementEffect, "isConcurrent" | "canRunInTransaction" | "isReversible" | "isKnown">>;

/** Stands for what nobody could name. */
export const anyRelation = "any table";

const works: readonly StatementWork[] = ["none", "scan", "build", "rewrite"];

export function lock(relation: string, mode: LockMode, held: StatementLock["held"] = "brief"): StatementLock {
  return { relation, mode, held };
}

export function nothing(words: string, more: Partial<Effect> = {}): Effect {
  return { words, locks: [], ...more };
}

/** Whatever nobody stated is taken for the worst on each relation that it names. */
export function unknownEffect(words: string, relations: readonly string[] = []): Effect {
  const named = relations.length > 0 ? relations : [anyRelation];
  return { words, locks: named.map((name) => lock(name, "ACCESS EXCLUSIVE", "rewrite")), isKnown: false };
}

export function factsOf({ facts }: EffectContext, relation: string): RelationFacts | undefined {
  return facts.relations.get(relation);
}

/** The relation and, where it is partitioned, every partition below it. */
export function withPartitions(context: EffectContext, relation: string): string[] {
  const below = factsOf(context, relation)?.partitions ?? [];
  return [relation, ...below.flatMap((partition) => withPartitions(context, partition))];
}

/** One effect of several: the strongest lock for each relation, the heaviest work, and what waits in words. */
export function merge(parts: readonly Effect[], context: EffectContext): Omit<StatementEffect, "text"> {
  const strongest = new Map<string, StatementLock>();
  for (const one of parts.flatMap(({ locks }) => locks)) {
    if (context.made.has(one.relation)) continue;
    const isEmpty = factsOf(context, one.relation)?.kind === "partitioned table"; // its partitions hold the rows
    const had = strongest.get(one.relation);
    const mode = had && !isStronger(one.mode, had.mode) ? had.mode : one.mode;
    const held = isEmpty ? "brief" : had ? heavier(had.held, one.held) : one.held;
    strongest.set(one.relation, { relation: one.relation, mode, held });
  }
  const locks = [...strongest.values()];
  const isKnown = parts.every((part) => part.isKnown !== false);
  return {
    words: `${[...new Set(parts.map(({ words }) => words))].join("; ")}${sayWaits(locks)}.${isKnown ? "" : " What it locks is unknown: treated as ACCESS EXCLUSIVE."}`,
    locks,
    work: locks.map(({ held }) => workOf(held)).reduce(heaviest, "none"),
    isConcurrent: parts.some((part) => part.isConcurrent === true),
    canRunInTransaction: parts.every((part) => part.canRunInTransaction !== false),
    isReversible: parts.every((part) => part.isReversible !== false),
    isKnown,
  };
}

function heaviest(one: StatementWork, other: StatementWork): StatementWork {
  return works.indexOf(one) >= works.indexOf(other) ? one : other;
}

function heavier(one: StatementLock["held"], other: StatementLock["held"]): StatementLock["held"] {
  return works.indexOf(workOf(one)) >= works.indexOf(workOf(other)) ? one : other;
}

function workOf(held: StatementLock["held"]): StatementWork {
  return held === "brief" ? "none" : held;
}

const durations: Record<StatementLock["held"], string> = {
  brief: "for a moment",
  scan: "while its rows are read",
  rewrite: "while it is written anew",
  build: "while the index is built",
};

function sayWaits(locks: readonly StatementLock[]): string {
  const sentences = locks.flatMap(({ relation, mode, held }) => {
    const waiting = whatWaits(mode);
    if (waiting === "nothing of the product") return [];
    return `${waiting} of ${shortName(relation)} wait ${durations[held]}`;
  });
  return sentences.length === 0 ? "" : `: ${sentences.join(", ")}`;
}
