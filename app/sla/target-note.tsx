import { Badge } from "~/ui/badge";
import { formatCount } from "~/ui/format";
import type { Definition } from "../../db/rules/sla/definitions";
import type { Share } from "../../db/rules/sla/judge-share";
import type { SetTarget } from "../../db/rules/sla/target-spans";
import { type Budget, budgetDays } from "../../db/rules/sla/tell-budget";
import { tellTarget } from "../../db/rules/sla/tell-target";
import { judgeAgainst } from "./share-of";
import { tellHours } from "./tell-share";

export const words = { met: "met", missed: "missed", open: "uncertain" } as const;
export const severities = { met: "ok", missed: "warning", open: "unknown" } as const;

/** The target of a number, whether it is met, and what is left of the misses that it allows over 28 days. */
export function TargetNote({
  definition,
  share,
  target,
  budget,
}: {
  definition: Definition;
  /** Of shareOf. */
  share: Share | null;
  target: SetTarget;
  budget: Budget | null | undefined;
}) {
  const verdict = share && judgeAgainst(definition, share, target);
  return (
    <div className="text-xs">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span>Target {tellTarget(definition.id, target)}</span>
        {verdict && <Badge severity={severities[verdict]}>{words[verdict]}</Badge>}
        <span className="text-muted">{target.clientId === null ? "house standard" : "the client's own"}</span>
      </p>
      {budget && <p className="mt-1 text-muted">{tellBudgetWords(definition, budget)}</p>}
    </div>
  );
}

/** "Over 28 days 633 misses allowed, 640 used, 7 over; 11 days until the oldest count no more." */
export function tellBudgetWords(
  { id }: Definition,
  { allowed, used, left, leastUsed, mostUsed, daysUntilRelief }: Budget,
): string {
  const amount = id === "coverage" ? tellHours : formatCount;
  const unit = id === "coverage" ? "" : allowed === 1 ? " miss" : " misses";
  const uncertain =
    mostUsed > used
      ? ` (up to ${amount(mostUsed)} with what is uncertain)`
      : leastUsed < used
        ? ` (${amount(leastUsed)} of them for certain)`
        : "";
  const rest = left >= 0 ? `${amount(left)} left` : `${amount(-left)} over`;
  const relief =
    daysUntilRelief === null
      ? ""
      : `; ${daysUntilRelief} ${daysUntilRelief === 1 ? "day" : "days"} until the oldest count no more`;
  return `Over ${budgetDays} days ${amount(allowed)}${unit} allowed, ${amount(used)} used${uncertain}, ${rest}${relief}.`;
}
