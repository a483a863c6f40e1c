import { z } from "zod";

import { defineOperation, type Fact, type PlanContext } from "../operation";
import { localDate } from "../rules/shifts/start-of-day";
import type { SlaCounts } from "../rules/sla/counts";
import { definitionOf } from "../rules/sla/definitions";
import { type JudgedShare, judgeCounts, type ShareId } from "../rules/sla/judge-counts";
import { judgeTarget } from "../rules/sla/judge-target";
import { addDays, type Period } from "../rules/sla/period";
import { tellCases, tellCount, tellRatio, tellShare } from "../rules/sla/report/words";
import { type SlaRule, slaRule } from "../rules/sla/sla-rule";
import { budgetDays, budgetPeriod } from "../rules/sla/tell-budget";
import { listSlaClients } from "../sla/list-sla-choices";
import { readCounts } from "../sla/read-counts";
import { readClientTargets } from "../sla/read-targets";
import { type Tried, type TriedClient, tryDefinition } from "../sla/try-definition";

const zone = "Europe/Amsterdam";
const mostClients = 30;
/** The shares that a time of the definitions decides. */
const decided = ["fill-rate", "on-time", "no-show", "coverage"] as const;

const minutes = (most: number) => z.coerce.number().int().min(1).max(most).optional();
const input = z
  .object({
    onTimeMinutes: minutes(120),
    noShowMinutes: minutes(480),
    confirmMinutes: minutes(120),
    withdrawHours: z.coerce.number().int().min(0).max(336).optional(),
    client: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
  })
  .refine(({ client: _, ...times }) => Object.values(times).some((time) => time !== undefined), {
    path: ["onTimeMinutes"],
  });
type Input = z.output<typeof input>;

export const trySlaDefinition = defineOperation({
  id: "try-sla-definition",
  title: "Try other times of the definitions",
  purpose: `Tells the last ${budgetDays} days again with other times, beside those in force. It changes nothing.`,
  risk: "low",
  permission: "sla.change",
  changes: "console",
  input,
  fields: [
    {
      name: "onTimeMinutes",
      label: "On time until",
      hint: `Minutes after the start; empty for ${slaRule.onTimeSeconds / 60}, as in force. At least one time is to be another.`,
      isOptional: true,
    },
    {
      name: "noShowMinutes",
      label: "No-show after",
      hint: `Minutes after the start; empty for ${slaRule.noShowSeconds / 60}.`,
      isOptional: true,
    },
    {
      name: "confirmMinutes",
      label: "A position confirms",
      hint: `Minutes, at most until the next one; empty for ${slaRule.confirmSeconds / 60}.`,
      isOptional: true,
    },
    {
      name: "withdrawHours",
      label: "Withdrawn in time",
      hint: `Hours before the start; empty for ${slaRule.withdrawSeconds / 3600}.`,
      isOptional: true,
    },
    { name: "client", label: "Client", hint: "Its number; empty for all.", isOptional: true },
  ],
  plan: async ({ console: db }, given) => {
    const period = lastDays();
    const { client } = given;
    const filter = client === undefined ? {} : { clientId: client };
    const [[all], clients] = await Promise.all([
      readCounts(db, { filter, period, by: "all" }),
      client === undefined ? [] : listSlaClients(db),
    ]);
    const whose =
      client === undefined ? "all clients" : (clients.find(({ id }) => id === client)?.name ?? `client ${client}`);
    const shifts = all?.value.shifts ?? 0;
    const rule = ruleOf(given);
    const changes = tellRule(rule);
    return {
      target: `sla-definition:${client ?? "all"}`,
      exclusiveKey: "try-sla-definition",
      summary: `Tells ${period.from} to ${period.until} of ${whose} again: ${changes.join(", ") || "as in force"}.`,
      consequences: [
        `${tellCount(shifts)} shifts are told from their check-ins twice, with the times in force and with these.`,
        "No number of the room changes: the definitions, the facts and the targets stay as they are.",
      ],
      refusals: [
        changes.length === 0 && "These are the times in force: change one of them.",
        rule.onTimeSeconds > rule.noShowSeconds && "Nobody could be late: who is on time would be a no-show before.",
        shifts === 0 && `No shift of ${whose} started in these days.`,
      ].filter((refusal) => typeof refusal === "string"),
      statements: [],
      basis: { from: period.from, ...rule },
    };
  },
  run: async (context, plan, given) => {
    const rule = ruleOf(given);
    const period = budgetPeriod(addDays(plan.basis.from as string, budgetDays - 1));
    const { all, clients } = await tryDefinition(context, {
      ...{ rule, period, clientId: given.client, asOf: new Date() },
      reached: async (doneRatio) => {
        context.reach("day told");
        await context.progress({ phase: "Told from check-ins", doneRatio });
      },
    });
    const moved = await listMoved(context, clients, period.until);
    const shown = moved.slice(0, mostClients);
    const more = moved.length > shown.length ? ` The ${shown.length} of most shifts are named.` : "";
    return {
      summary: `With ${tellRule(rule).join(", ")}: ${moved.length === 1 ? "1 verdict" : `${moved.length} verdicts`} on a target would change.${more}`,
      proof: [...tellShares(all), tellLeftOut(all), ...shown],
    };
  },
  undo: undefined,
  timeoutSeconds: 600,
  failpoints: ["day told"],
});

/** The whole days until yesterday. */
function lastDays(): Period {
  return budgetPeriod(addDays(localDate(new Date(), zone), -1));
}

function ruleOf({ onTimeMinutes, noShowMinutes, confirmMinutes, withdrawHours }: Input): SlaRule {
  return {
    ...slaRule,
    ...(onTimeMinutes !== undefined && { onTimeSeconds: 60 * onTimeMinutes }),
    ...(noShowMinutes !== undefined && { noShowSeconds: 60 * noShowMinutes }),
    ...(confirmMinutes !== undefined && { confirmSeconds: 60 * confirmMinutes }),
    ...(withdrawHours !== undefined && { withdrawSeconds: 3600 * withdrawHours }),
  };
}

/** Of each time that is not as in force: "On time until 10 min, not 5 min". */
function tellRule(rule: SlaRule): string[] {
  const told = (words: string, name: keyof SlaRule, unitSeconds: number, unit: string) =>
    rule[name] === slaRule[name]
      ? []
      : [`${words} ${rule[name] / unitSeconds} ${unit}, not ${slaRule[name] / unitSeconds}`];
  return [
    ...told("on time until", "onTimeSeconds", 60, "min"),
    ...told("a no-show after", "noShowSeconds", 60, "min"),
    ...told("a position confirms", "confirmSeconds", 60, "min"),
    ...told("withdrawn in time until", "withdrawSeconds", 3600, "h before the start"),
  ];
}

function tellShares({ inForce, tried }: Tried): Fact[] {
  const [before, after] = [judgeCounts(inForce), judgeCounts(tried)];
  return decided.map((id) => ({
    label: definitionOf(id).title,
    before: tellNumber(id, before[id]),
    after: tellNumber(id, after[id]),
  }));
}

function tellLeftOut({ inForce, tried }: Tried): Fact {
  const count = ({ leftOut }: SlaCounts) => tellCount(Object.values(leftOut).reduce((sum, one) => sum + one, 0));
  return { label: "Shifts left out", before: count(inForce), after: count(tried) };
}

/** Clients whose verdict on a target, their own or the house's, becomes another; those with most shifts first. */
async function listMoved({ console: db }: PlanContext, clients: readonly TriedClient[], at: string): Promise<Fact[]> {
  const targetOf = await readClientTargets(db, { at });
  return clients
    .toSorted((one, other) => other.inForce.shifts - one.inForce.shifts)
    .flatMap(({ clientId, clientName, inForce, tried }) => {
      const [before, after] = [judgeCounts(inForce), judgeCounts(tried)];
      return decided.flatMap((id) => {
        const target = targetOf(clientId, id);
        if (!target) return [];
        const [was, would] = [before[id], after[id]].map((share) => judgeTarget(share, target, definitionOf(id)));
        if (was === would) return [];
        const label = `${definitionOf(id).title}, ${clientName}`;
        const told = (share: JudgedShare, verdict: "met" | "missed" | "open" | null = null) =>
          `${tellNumber(id, share)}: ${verdict === "open" ? "uncertain" : (verdict ?? "not judged")}`;
        return [{ label, before: told(before[id], was), after: told(after[id], would) }];
      });
    });
}

/** "94.2 % of 1,202 assignments due, 91.0 % to 94.2 %": with what uncertain cases leave open. */
function tellNumber(id: ShareId, share: JudgedShare): string {
  const { of, low, high } = share;
  if (of === 0) return "nothing counted";
  const { unit } = definitionOf(id);
  const cases = id === "coverage" ? `${tellCount(Math.round(of / 3600))} h of ${unit}` : tellCases(of, unit);
  const isOpen = low !== high;
  return `${tellShare(share)}${share.words ? ` ${unit}` : ` of ${cases}`}${isOpen ? `, ${tellRatio(low)} to ${tellRatio(high)}` : ""}`;
}
