import { eq } from "drizzle-orm";
import { z } from "zod";

import { defineOperation, OperationRefusal, type RunContext } from "../operation";
import {
  assignmentRules,
  employments,
  type OverrideRole,
  overrideRoles,
  type RuleInForce,
  ruleSeverities,
  unyieldingRules,
} from "../rules/shifts/assignment-rules";
import { unitOf } from "../rules/shifts/judge-assignment";
import { localInstant, localTime } from "../rules/shifts/start-of-day";
import { opsAssignmentRules } from "../schema";
import { type DatedRule, listRules, ruleAt } from "../shifts/rules/list-rules";
import { type RuleTrial, trialDays, tryRule } from "../shifts/rules/try-rule";
import { getRun } from "./runs/list-runs";

const zone = "Europe/Amsterdam";
const trialMs = 6_000;

const input = z.object({
  rule: z.enum(assignmentRules),
  employment: z.enum(employments),
  severity: z.enum(ruleSeverities),
  limit: z.coerce.number().min(0).max(10_000).multipleOf(0.01).optional(),
  roles: z
    .string()
    .regex(/^[a-z, ]*$/)
    .max(60)
    .default("")
    .refine((text) => readRoles(text) !== null),
  from: z
    .string()
    .trim()
    .regex(/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2})?$/),
  why: z.string().trim().min(3).max(400),
});
type Input = z.output<typeof input>;

export const changeAssignmentRule = defineOperation({
  id: "change-assignment-rule",
  title: "Change a rule of assignment",
  purpose: "Sets how a rule weighs for ZZP guards or employees from a moment on, and who may override it.",
  risk: "medium",
  permission: "rules.change",
  changes: "rows",
  input,
  fields: [
    { name: "rule", label: "Rule", hint: `One of: ${assignmentRules.join(", ")}.` },
    { name: "employment", label: "For", hint: `One of: ${employments.join(", ")}.` },
    { name: "severity", label: "Weighs", hint: "block: not without an override; warn: with a reason; info: to know." },
    {
      name: "limit",
      label: "Limit",
      hint: "Hours for rest, shift-length, week and unavailable, minutes for travel, euro for rate.",
      isOptional: true,
    },
    { name: "roles", label: "Who may override", hint: `Some of: ${overrideRoles.join(", ")}.`, isOptional: true },
    { name: "from", label: "From", hint: "A day or a minute in Amsterdam: 2027-01-01 or 2027-01-01T06:00." },
    { name: "why", label: "Why", hint: "Stands beside the rule." },
  ],
  plan: async ({ securyflex }, given) => {
    const { rule, employment } = given;
    const [fromAt, asOf] = [readFrom(given.from), new Date()];
    const rules = await listRules(securyflex, { rule, employment });
    const { before, until, refusals } = judgeChange(rules, given, { fromAt, asOf });
    const after = ruleOf(given);
    const trial =
      refusals.length === 0
        ? await tryRule(securyflex, { before: before ?? null, after, asOf, withinMs: trialMs })
        : null;
    return {
      target: `rule:${rule}:${employment}`,
      exclusiveKey: `rule:${rule}:${employment}`,
      summary: `From ${told(fromAt)} on ${rule} for ${employment}: ${tellRule(after)}.`,
      consequences: [
        `Until then: ${before ? tellRule(before) : "nothing is asked"}.`,
        "A shift is judged by the rule that holds at its start; what stands is not judged anew.",
        ...(until ? [`It ends ${told(until)}, where the next change that is set begins.`] : []),
        ...(trial ? tellTrial(trial, given) : []),
      ],
      refusals,
      statements: [],
      basis: { before: before?.id ?? null, until: until?.toISOString() ?? null },
      examples: (trial?.examples ?? []).map(({ shiftId, effect, sentence }) => ({
        shiftId,
        sentence: `would have been ${effect}. ${sentence}`,
      })),
    };
  },
  run: (context, plan, given) =>
    context.transact(async (transaction) => {
      const { rule, employment } = given;
      const fromAt = readFrom(given.from);
      const rules = await listRules(transaction, { rule, employment }, { isLocked: true });
      const { before, until, refusals } = judgeChange(rules, given, { fromAt, asOf: new Date() });
      const isMoved = (before?.id ?? null) !== plan.basis.before || (until?.toISOString() ?? null) !== plan.basis.until;
      const refusal = refusals[0] ?? (isMoved && "Somebody changed this rule since it was planned. Plan again.");
      if (refusal) throw new OperationRefusal(`Nothing was done. ${refusal}`);
      if (before) {
        await transaction
          .update(opsAssignmentRules)
          .set({ validUntil: fromAt })
          .where(eq(opsAssignmentRules.id, before.id));
      }
      const after = ruleOf(given);
      await transaction.insert(opsAssignmentRules).values({
        ...{ rule, employment, severity: after.severity, overrideRoles: [...after.overrideRoles] },
        limitValue: after.limit === null ? null : String(after.limit),
        limitUnit: unitOf(rule),
        validFrom: fromAt,
        validUntil: until,
        setBy: await requesterOf(context),
        reason: given.why,
      });
      return {
        outcome: {
          summary: `From ${told(fromAt)} on ${rule} for ${employment}: ${tellRule(after)}.`,
          proof: [{ label: "Rule", before: before ? tellRule(before) : "none", after: tellRule(after) }],
        },
        changes: [],
      };
    }),
  undo: "Change the rule again from a later moment; what held until then stays on record.",
  timeoutSeconds: 60,
});

/** What holds until the change, where it ends, and why it may not be. */
function judgeChange(rules: readonly DatedRule[], given: Input, { fromAt, asOf }: { fromAt: Date; asOf: Date }) {
  const { rule, limit } = given;
  const before = ruleAt(rules, fromAt);
  const next = rules.filter(({ validFrom }) => validFrom > fromAt).at(-1);
  const unit = unitOf(rule);
  const isSame = before && tellRule(before) === tellRule(ruleOf(given));
  return {
    before,
    until: next?.validFrom ?? null,
    refusals: [
      unyieldingRules.includes(rule) && "The database itself refuses such a shift: this rule always blocks.",
      fromAt <= asOf &&
        "It would hold from a moment that has passed. What was judged by the rules of its time stays so.",
      +(before?.validFrom ?? 0) === +fromAt && "A change from this very moment is set already. Choose a later one.",
      unit !== null && limit === undefined && `It needs a limit in ${unit}.`,
      unit === null && limit !== undefined && "It has no limit.",
      given.severity === "info" && readRoles(given.roles)?.length && "What is only to know needs no override.",
      isSame && "It is so already.",
    ].filter((refusal) => typeof refusal === "string"),
  };
}

function ruleOf({ rule, employment, severity, limit, roles }: Input): RuleInForce {
  return { rule, employment, severity, limit: limit ?? null, overrideRoles: readRoles(roles) ?? [] };
}

/** In the order in which roles are named; null where one is none. */
function readRoles(text: string): OverrideRole[] | null {
  const named = text.split(/[, ]+/).filter(Boolean);
  const known = overrideRoles.filter((role) => named.includes(role));
  return known.length === new Set(named).size ? known : null;
}

/** Throws OperationRefusal for a time that clocks in Amsterdam never show. Of a time that comes twice the first. */
function readFrom(text: string): Date {
  const local = text.length === 10 ? `${text}T00:00` : text.replace(" ", "T");
  const at = localInstant(local, zone);
  if (at && localTime(at, zone).startsWith(local)) return at;
  throw new OperationRefusal(`Clocks in Amsterdam never show ${text}.`);
}

function told(at: Date): string {
  return `${localTime(at, zone).slice(0, 16).replace("T", " ")} in Amsterdam`;
}

function tellRule({ rule, severity, limit, overrideRoles: may }: RuleInForce): string {
  const bound = limit === null ? "" : ` at ${limit} ${unitOf(rule)}`;
  return `${severity}${bound}, ${may.length > 0 ? `overridden by ${may.join(", ")}` : "overridden by nobody"}`;
}

function tellTrial({ judgedCount, counts, isWhole }: RuleTrial, { employment }: Input): string[] {
  const of = isWhole ? "" : "the first ";
  return [
    `Of ${of}${judgedCount} assignments of the last ${trialDays} days (${employment}) ${counts.blocked} would have been blocked, ${counts.warned} warned of and ${counts.freed} freed.`,
    ...(isWhole
      ? []
      : [`Not all were judged: it may take ${trialMs / 1000} s. They are those of the guards who came first.`]),
  ];
}

async function requesterOf({ console: db, runId }: Pick<RunContext, "console" | "runId">): Promise<string> {
  return (await getRun(db, runId))?.requesterName ?? "the schedule";
}
