import type { SlaCounts } from "../../db/rules/sla/counts";
import { definitionOf } from "../../db/rules/sla/definitions";
import { judgeChange } from "../../db/rules/sla/judge-change";
import type { JudgedShare, ShareId } from "../../db/rules/sla/judge-counts";
import type { SetTarget } from "../../db/rules/sla/target-spans";
import type { Budget } from "../../db/rules/sla/tell-budget";
import { ChangeNote } from "./change-note";
import { DefinitionNote } from "./definition-note";
import type { NumbersQuestion } from "./numbers-question";
import { ShiftLinks } from "./shift-links";
import { TargetNote } from "./target-note";
import { tellCases, tellCoverage, tellLeftOut, tellShare, tellSpan } from "./tell-share";

/** A ratio: within it one number stands for the range. */
const widestSpan = 0.1;

/** One of the numbers that matter first: its value, how sure it is, what it was, and the way to its shifts. */
export function ShareCard({
  id,
  share,
  before,
  against,
  counts,
  question,
  target,
  budget,
}: {
  id: ShareId;
  share: JudgedShare;
  /** Null where nothing was told of what it is held against. */
  before: JudgedShare | null;
  against: string;
  counts: SlaCounts;
  /** Undefined where none is set. */
  target: SetTarget | undefined;
  budget: Budget | null | undefined;
  question: NumbersQuestion;
}) {
  const definition = definitionOf(id);
  const { title, isLowerBetter } = definition;
  const reasons = tellLeftOut(definition, counts.leftOut);
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-2 rounded-lg border border-line bg-surface p-4">
      <h2 className="flex items-baseline justify-between gap-2 text-sm font-semibold">
        {title}
        {isLowerBetter && <span className="text-xs font-normal text-muted">lower is better</span>}
      </h2>
      <div>
        <p className="text-2xl font-semibold tabular-nums">{tellHeadline(share)}</p>
        <p className="text-xs text-muted">{tellCases(definition, share.of)}</p>
      </div>
      <p className="text-xs">
        <ChangeNote change={before && judgeChange(share, before, { isLowerBetter })} />
        <span className="block text-muted">
          {before ? `${tellShare(before)} of ${tellCases(definition, before.of)}` : "nothing told"}{" "}
          {question.against.kind === "client" ? "at" : "in"} {against}
        </span>
      </p>
      {target && <TargetNote {...{ definition, share, target, budget }} />}
      <Sureness share={share} />
      {id === "coverage" && share.of > 0 && <p className="text-xs text-muted">{tellCoverage(counts)}</p>}
      {reasons && <p className="text-xs text-muted">Left out: {reasons}.</p>}
      <div className="mt-auto flex flex-col gap-1 border-t border-line pt-2">
        <ShiftLinks question={question} metric={id} title={title} leftOut={share.leftOut} />
        <DefinitionNote definition={definition} />
      </div>
    </section>
  );
}

/** The share; where what is uncertain could make it another one altogether, from where to where. */
function tellHeadline(share: JudgedShare): string {
  const { low, high } = share;
  return low !== null && high !== null && high - low > widestSpan ? tellSpan({ low, high }) : tellShare(share);
}

/** Where the truth lies: what is uncertain or unobserved, and what chance alone could make of it. */
export function Sureness({ share: { low, high, interval, words } }: { share: JudgedShare }) {
  const range = low !== null && high !== null && low !== high ? { low, high } : null;
  if (!range && (!interval || words)) return null;
  return (
    <p className="text-xs text-muted">
      {range && <span className="block">With what is uncertain {tellSpan(range)}</span>}
      {interval && !words && <span className="block">95 % interval {tellSpan(interval)}</span>}
    </p>
  );
}
