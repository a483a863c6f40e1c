import { isEmpty } from "./catalog-facts";
import type { LintFinding } from "./review-migration";
import { findBriefLocks } from "./rules/brief-locks";
import { findHabits } from "./rules/habits";
import { findLostRows } from "./rules/rows";
import type { LintScript, OwnFinding } from "./rules/rule";
import { findWithinTransaction } from "./rules/within-transaction";
import { adviceFor, findWorkUnderLock } from "./rules/work-under-lock";
import { runSquawk, type SquawkFinding } from "./run-squawk";
import { weightOf } from "./squawk-rules";

export type Lint = {
  findings: LintFinding[];
  /** Why squawk did not speak, a sentence; undefined where it did. */
  unlinted: string | undefined;
};

/** Of several that squawk has for the same, the one that names it best; the last is the vaguest. */
const vaguest = ["constraint-missing-not-valid", "ban-drop-column", "ban-drop-table"];

/**
 * What squawk and our own rules find in a script, in the order of its statements, each thing once. Squawk speaks where
 * it knows a thing, weighed by what the statement does on this server; ours speak where it is silent.
 */
export async function lintScript(script: LintScript, text: string, signal?: AbortSignal): Promise<Lint> {
  const { facts, isTransactional } = script;
  const answer = await runSquawk(text, { serverMajor: facts.serverMajor, isTransactional, signal });
  const own = [findWorkUnderLock, findWithinTransaction, findLostRows, findBriefLocks, findHabits].flatMap((find) =>
    find(script),
  );
  const work = own.filter(({ rule }) => rule.endsWith("-under-lock") && rule !== "validate-under-lock");
  const foreign = "sentence" in answer ? [] : answer.findings.flatMap((found) => weigh(script, text, found, work));
  const spoken = new Set(foreign.filter(({ isWork }) => isWork).map(({ finding }) => finding.statement));
  const losses = new Set(
    foreign.filter(({ finding }) => finding.rule.startsWith("ban-drop")).map(({ finding }) => finding.statement),
  );
  const kept = own.filter(
    (finding) =>
      !(work.includes(finding) && spoken.has(finding.statement)) &&
      !(finding.rule === "loses-rows" && losses.has(finding.statement)),
  );
  const findings = [
    ...onePerThing(foreign),
    ...unique(kept).map((finding): LintFinding => ({ ...finding, source: "securyflex" })),
  ];
  return {
    findings: findings.toSorted((one, other) => one.statement - other.statement),
    unlinted: "sentence" in answer ? answer.sentence : undefined,
  };
}

type Weighed = { finding: LintFinding; isWork: boolean };

function weigh(script: LintScript, text: string, found: SquawkFinding, work: readonly OwnFinding[]): Weighed[] {
  const at = offsetOf(text, found);
  const statement = script.statements.findLastIndex(({ from }) => from <= at);
  const weight = weightOf(found.rule);
  if (statement < 0 || typeof weight === "object") return [];
  const tree = script.statements[statement]?.tree ?? {};
  const base = { rule: found.rule, source: "squawk" as const, statement, reason: found.message };
  if (weight === "work") {
    const ours = work.find((one) => one.statement === statement);
    const isMistaken = ours?.rule === "build-under-lock" && found.rule === "constraint-missing-not-valid";
    if (!ours || isMistaken) return [];
    return [{ finding: { ...base, severity: "blocks", advice: adviceFor(tree) }, isWork: true }];
  }
  const isHarmless = (script.effects[statement]?.locks ?? []).every(({ relation }) => isEmpty(script.facts, relation));
  const severity = weight === "blocks" && !(found.rule === "adding-required-field" && isHarmless) ? "blocks" : "warns";
  return [
    { finding: { ...base, severity, advice: found.help ?? "See https://squawkhq.com/docs/rules." }, isWork: false },
  ];
}

function onePerThing(weighed: readonly Weighed[]): LintFinding[] {
  const best = new Map<string, LintFinding>();
  for (const { finding, isWork } of weighed) {
    const key = `${finding.statement} ${isWork ? "work" : finding.rule}`;
    const had = best.get(key);
    if (!had || vaguest.includes(had.rule)) best.set(key, finding);
  }
  return [...best.values()];
}

function unique(findings: readonly OwnFinding[]): OwnFinding[] {
  const seen = new Map(findings.toReversed().map((finding) => [`${finding.statement} ${finding.rule}`, finding]));
  return findings.filter((finding) => seen.get(`${finding.statement} ${finding.rule}`) === finding);
}

function offsetOf(text: string, { line, column }: SquawkFinding): number {
  const lines = text.split("\n").slice(0, line);
  return lines.reduce((sum, one) => sum + one.length + 1, 0) + column;
}
