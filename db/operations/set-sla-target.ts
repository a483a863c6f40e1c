import { eq, sql } from "drizzle-orm";
import { z } from "zod";

import { slaTargets } from "../console/sla-targets";
import { defineOperation, OperationRefusal, type PlanContext } from "../operation";
import { localDate } from "../rules/shifts/start-of-day";
import { definitionOf, definitions, type MetricId } from "../rules/sla/definitions";
import { addDays } from "../rules/sla/period";
import type { SetTarget } from "../rules/sla/target-spans";
import { tellTarget } from "../rules/sla/tell-target";
import { listSlaClients } from "../sla/list-sla-choices";
import { listClientsWithOwn, readTargets } from "../sla/read-targets";
import { tryTarget } from "../sla/try-target";
import { getRun } from "./runs/list-runs";

const zone = "Europe/Amsterdam";
const mostNamed = 5;
const metrics = definitions.map(({ id }) => id) as [MetricId, ...MetricId[]];

const input = z.object({
  metric: z.enum(metrics),
  client: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
  percent: z.coerce.number().min(0).max(100).multipleOf(0.1),
  seconds: z.coerce.number().int().min(1).max(2_592_000).optional(),
  from: z.iso.date(),
  why: z.string().trim().min(3).max(400),
});
type Input = z.output<typeof input>;

export const setSlaTarget = defineOperation({
  id: "set-sla-target",
  title: "Set a service-level target",
  purpose: "Sets what a number is to reach from a date on, for a client or as the standard of the house.",
  risk: "medium",
  permission: "sla.change",
  changes: "console",
  input,
  fields: [
    { name: "metric", label: "Number", hint: `One of: ${metrics.join(", ")}.` },
    { name: "client", label: "Client", hint: "Its number; empty for the standard of the house.", isOptional: true },
    {
      name: "percent",
      label: "Percent",
      hint: "At least so many; at most where lower is better. Of durations, how many in time.",
    },
    { name: "seconds", label: "In time within", hint: "Seconds; of durations alone.", isOptional: true },
    { name: "from", label: "From", hint: "A local date, today or later, like 2027-01-01." },
    { name: "why", label: "Why", hint: "Stands beside the target." },
  ],
  plan: async (context, given) => {
    const today = localDate(new Date(), zone);
    const { before, clientName, refusals } = await judge(context, given, today);
    const { metric, client } = given;
    const after = wantedOf(given);
    const whose = client === undefined ? "the house" : (clientName ?? `client ${client}`);
    const own = client === undefined ? await listClientsWithOwn(context.console, { metric, at: given.from }) : [];
    const trial =
      refusals.length === 0
        ? await tryTarget(context.console, {
            ...{ metric, before, after, clientId: client, until: addDays(today, -1) },
            isJudged: (id) => !own.includes(id),
          })
        : null;
    return {
      target: `target:${metric}:${client ?? "house"}`,
      exclusiveKey: `sla-target:${metric}:${client ?? "house"}`,
      summary: `From ${given.from} on ${definitionOf(metric).title} of ${whose}: ${tellTarget(metric, after)}.`,
      consequences: [
        `Until then: ${before ? tellTarget(metric, before) : "no target"}${before && before.clientId === null ? ", the house standard" : ""}.`,
        "What is past stays judged by the target of its day; budgets count each day by its own.",
        ...(trial
          ? [
              `Of ${trial.judgedCount} clients with such a case in the last 28 days ${named(trial.nowMissed)} would miss it now, ${named(trial.nowMet)} would meet it now.`,
            ]
          : []),
        ...(own.length > 0 ? [`${own.length} clients have their own target and are not touched.`] : []),
      ],
      refusals,
      statements: [],
      basis: { before: before?.id ?? null, today },
    };
  },
  settle: async ({ console: db, runId }, plan) => {
    const [set] = await db.select({ id: slaTargets.id }).from(slaTargets).where(eq(slaTargets.runId, runId));
    return set && { summary: plan.summary, proof: [] };
  },
  run: async (context, plan, given) => {
    const { before, refusals } = await judge(context, given, localDate(new Date(), zone));
    const isMoved = (before?.id ?? null) !== plan.basis.before;
    const refusal = refusals[0] ?? (isMoved && "Somebody set this target since it was planned. Plan again.");
    if (refusal) throw new OperationRefusal(`Nothing was done. ${refusal}`);
    const requestedBy = (await getRun(context.console, context.runId))?.requestedBy;
    if (!requestedBy) throw new OperationRefusal("Nothing was done. A target is set by a person.");
    const after = wantedOf(given);
    const { metric, client = null, from, why } = given;
    // Named columns alone: the login may not write when it was set.
    await context.write((transaction) =>
      transaction.execute(sql`
        insert into sla_targets (client_id, metric, ratio, target_seconds, valid_from, set_by, reason, run_id)
        values (${client}, ${metric}, ${after.ratio}, ${after.targetSeconds}, ${from}, ${requestedBy}, ${why},
                ${context.runId})`),
    );
    const told = (target: Pick<SetTarget, "ratio" | "targetSeconds"> | null) =>
      target ? tellTarget(given.metric, target) : "none";
    return { summary: plan.summary, proof: [{ label: "Target", before: told(before), after: told(after) }] };
  },
  undo: "Set the former target again from a later date; what was judged until then stays.",
  timeoutSeconds: 60,
});

async function judge({ console: db }: Pick<PlanContext, "console">, given: Input, today: string) {
  const { metric, client, seconds, from } = given;
  const isDuration = definitionOf(metric).measure === "seconds";
  const [targets, clients] = await Promise.all([
    readTargets(db, { at: from, ...(client === undefined ? {} : { clientId: client }) }),
    client === undefined ? [] : listSlaClients(db),
  ]);
  const before = targets.get(metric) ?? null;
  const clientName = clients.find(({ id }) => id === client)?.name;
  const after = wantedOf(given);
  const isOwn = before !== null && (before.clientId ?? undefined) === client;
  return {
    before,
    clientName,
    refusals: [
      from < today && `${from} is past: what was judged by the targets of its time stays so. Choose ${today} or later.`,
      client !== undefined && !clientName && `No facts of a client ${client} are on record.`,
      isDuration && seconds === undefined && "It is a duration: say within how many seconds it is in time.",
      !isDuration && seconds !== undefined && "It is a share and has no duration.",
      isOwn && before.ratio === after.ratio && before.targetSeconds === after.targetSeconds && "It is so already.",
    ].filter((refusal) => typeof refusal === "string"),
  };
}

function wantedOf({ percent, seconds }: Input): Pick<SetTarget, "ratio" | "targetSeconds"> {
  return { ratio: Number((percent / 100).toFixed(4)), targetSeconds: seconds ?? null };
}

function named(clients: readonly string[]): string {
  if (clients.length === 0) return "0";
  const more = clients.length > mostNamed ? " and others" : "";
  return `${clients.length} (${clients.slice(0, mostNamed).join(", ")}${more})`;
}
