import { z } from "zod";

import { defineOperation, OperationRefusal, type Plan, type PlanContext } from "../operation";
import { explainingRefusals, holdShifts } from "../shifts/changes/change-shifts";
import { judgePlacing } from "../shifts/changes/judge-placing";
import type { StandingGuard, StandingShift } from "../shifts/changes/standing-shift";
import { listShiftOffers } from "../shifts/offers/list-offers";
import { makeOffer, refuseOffer } from "../shifts/offers/make-offer";
import { findGuard, findShift, inZone, movedSince, nameShift, shiftFields, shiftInputs } from "./find-shift";
import { previewPlacing } from "./preview-placing";

const { shift, guard, reason, version, override } = shiftInputs;

const input = z.object({
  shift,
  guard,
  /** Ids of guards. */
  fallback: z
    .string()
    .regex(/^\d{1,15}(\s*,\s*\d{1,15}){0,9}$/)
    .optional(),
  minutes: z.coerce.number().int().min(1).max(1440).default(30),
  reason,
  override,
  version,
});
type Asked = z.output<typeof input>;

export const offerShift = defineOperation({
  id: "offer-shift",
  title: "Offer a shift",
  purpose:
    "Offers a shift to a self-employed guard for some minutes, and to others in turn who take it where the first does not.",
  risk: "low",
  permission: "shifts.reassign",
  changes: "rows",
  input,
  fields: [
    shiftFields.shift,
    { ...shiftFields.guard, hint: "The number of the self-employed guard who is asked first." },
    {
      name: "fallback",
      label: "Asked next",
      hint: "Numbers of guards, ten at most, with commas between. Each is asked where the one before does not take it.",
      isOptional: true,
    },
    {
      name: "minutes",
      label: "Minutes to answer",
      hint: "1 to 1440, for each. 30 where it is left out.",
      isOptional: true,
    },
    shiftFields.reason,
    shiftFields.override,
    shiftFields.version,
  ],
  plan: planOffer,
  run: async (context, plan, asked) => {
    const [first, ...others] = await findAsked(context.securyflex, asked);
    const { timeZone } = await findShift(context.securyflex, asked.shift);
    const rules = rulesIn(plan);
    return explainingRefusals(timeZone, () =>
      context.transact(async (transaction) => {
        const asOf = new Date();
        const seen = [{ shiftId: asked.shift, version: Number(plan.basis.version) }];
        const held = await holdShifts(context, transaction, seen, [first]);
        const standing = held.get(asked.shift) as StandingShift;
        const [refusal] = [
          ...(await refuseOpen(transaction, standing)),
          ...(await refuseOffer(transaction, standing, first, { rules, asOf })),
        ];
        if (refusal) throw new OperationRefusal(`Nothing was done. ${refusal}`);
        const { id, expiresAt } = await makeOffer(transaction, standing, first, {
          runId: context.runId,
          reason: asked.reason,
          overrideReason: asked.override ?? null,
          rules,
          minutes: asked.minutes,
          fallbackIds: others.map((other) => other.id),
          asOf,
        });
        const until = inZone(expiresAt, timeZone).slice(11);
        const then = others.length > 0 ? `; then ${others.map(({ fullName }) => fullName).join(", ")}` : "";
        return {
          outcome: {
            summary: `Shift ${asked.shift} is offered to ${first.fullName} until ${until}${then}.`,
            proof: [
              { label: "Offer", before: "none", after: `${id}, until ${until}` },
              { label: "Guard", before: standing.guardName ?? "nobody", after: standing.guardName ?? "nobody" },
            ],
          },
          changes: [],
        };
      }),
    );
  },
  undo: "Withdraw the offer, until it is taken.",
  timeoutSeconds: 60,
});

async function planOffer(context: PlanContext, asked: Asked): Promise<Plan> {
  const { securyflex } = context;
  const asOf = new Date();
  const standing = await findShift(securyflex, asked.shift);
  const guards = await findAsked(securyflex, asked);
  const [first, ...others] = guards;
  const { moved } = await movedSince(context, standing, asked.version);
  const judged = await Promise.all(guards.map((each) => judgePlacing(securyflex, standing, each, { asOf })));
  const rules = asked.override === undefined ? [] : [...new Set(judged.flatMap((each) => each.rules))].sort();
  const against = await Promise.all(guards.map((each) => refuseOffer(securyflex, standing, each, { rules, asOf })));
  const [against1 = [], ...againstOthers] = against;
  const isUnexplained = asked.override === undefined && (judged[0]?.warnings.length ?? 0) > 0;
  const roles = judged.flatMap(({ mayConfirm }) => (asked.override !== undefined && mayConfirm ? [mayConfirm] : []));
  const mayConfirm = roles.reduce<string[] | undefined>(
    (both, each) => both?.filter((one) => each.includes(one)) ?? each,
    undefined,
  );
  return {
    target: `shift:${standing.id}`,
    exclusiveKey: `shift:${standing.id}`,
    summary: `Offers ${nameShift(standing)} to ${first.fullName} for ${asked.minutes} min.`,
    consequences: [
      ...(moved ? [] : await previewOffer(securyflex, standing, first)),
      ...others.map((other, position) => {
        const why = againstOthers[position] ?? [];
        return why.length === 0
          ? `Then it is offered to ${other.fullName}.`
          : `${other.fullName} is passed over: ${why[0]}`;
      }),
      ...(isUnexplained ? [] : (judged[0]?.warnings ?? []).map((warning) => `Overridden: ${warning}`)),
      ...(judged[0]?.remarks ?? []),
    ],
    refusals: [
      ...(await refuseOpen(securyflex, standing)),
      ...against1,
      ...(isUnexplained ? ["Give a reason to override, or choose another guard."] : []),
    ],
    statements: [],
    basis: { version: standing.version, guardId: standing.guardId, rules: rules.join(", "), minutes: asked.minutes },
    ...(moved ? { moved } : {}),
    ...(mayConfirm ? { mayConfirm } : {}),
  };
}

/** Whoever is asked, in turn, the first of whom there always is. Throws OperationRefusal where one is not there. */
async function findAsked(
  securyflex: PlanContext["securyflex"],
  { guard: firstId, fallback }: Asked,
): Promise<[StandingGuard, ...StandingGuard[]]> {
  const rest = [...new Set(fallback?.split(",").map(Number))].filter((id) => id !== firstId);
  return [await findGuard(securyflex, firstId), ...(await Promise.all(rest.map((id) => findGuard(securyflex, id))))];
}

async function previewOffer(securyflex: PlanContext["securyflex"], standing: StandingShift, first: StandingGuard) {
  const taken = await previewPlacing(securyflex, standing, first);
  const now = standing.guardName === null ? "Nobody has it" : `${standing.guardName} has it`;
  return [`${now} until somebody takes it. Where ${first.fullName} does:`, ...taken];
}

async function refuseOpen(
  db: Parameters<typeof listShiftOffers>[0],
  { id, timeZone }: StandingShift,
): Promise<string[]> {
  const open = (await listShiftOffers(db, id)).find(({ state }) => state === "open");
  if (!open) return [];
  return [
    `Shift ${id} is offered to ${open.guardName} until ${inZone(open.expiresAt, timeZone).slice(11)}. Withdraw that first.`,
  ];
}

function rulesIn({ basis }: Plan): string[] {
  return basis.rules ? String(basis.rules).split(", ") : [];
}
