import { clsx } from "clsx";
import type { ReactNode } from "react";

import { formatSeconds } from "~/ui/format";
import { Section } from "~/ui/page";
import type { CaseKind } from "../../db/rules/sla/counts";
import { type Definition, definitions, type MetricId } from "../../db/rules/sla/definitions";
import { type Direction, judgeChange, judgeLonger } from "../../db/rules/sla/judge-change";
import type { ShareId } from "../../db/rules/sla/judge-counts";
import type { SetTarget } from "../../db/rules/sla/target-spans";
import type { Budget } from "../../db/rules/sla/tell-budget";
import type { SlaNumbers } from "../../db/sla/read-sla";
import { ChangeNote } from "./change-note";
import { DefinitionNote } from "./definition-note";
import { Sureness } from "./share-card";
import { shareOf } from "./share-of";
import { ShiftLinks } from "./shift-links";
import type { SlaAddress } from "./sla-question";
import { TargetNote } from "./target-note";
import { tellCases, tellDuration, tellNever, tellShare } from "./tell-share";

/** The numbers beside those that stand first, one a row, each with what it means and the way to its shifts. */
export function MoreNumbers({
  shown,
  current,
  previous,
  against,
  targets,
  budgets,
  question,
}: {
  /** Those that stand elsewhere already. */
  shown: readonly MetricId[];
  current: SlaNumbers;
  previous: SlaNumbers | null;
  against: string;
  targets: Partial<Record<MetricId, SetTarget>>;
  budgets: Partial<Record<MetricId, Budget | null>>;
  question: Pick<SlaAddress, "period" | "filter">;
}) {
  const rest = definitions.filter(({ id }) => !shown.includes(id));
  return (
    <Section title="More numbers" note={`held against ${against}`} flush>
      <div className="@container">
        <div
          aria-hidden="true"
          className={clsx(columns, "hidden border-b border-line py-2 text-xs font-medium text-muted @3xl:grid")}
        >
          <span>Number</span>
          <span>Now</span>
          <span>Before</span>
          <span>Change</span>
        </div>
        <ul>
          {rest.map((definition) => {
            const { id, title } = definition;
            const target = targets[id];
            const told = tell(definition, current, previous);
            return (
              <li key={id} className={clsx(columns, "grid gap-y-2 border-b border-line py-2.5 last:border-b-0")}>
                <div className="flex flex-col gap-0.5">
                  <h3 className="font-medium">{title}</h3>
                  <ShiftLinks question={question} metric={id} title={title} leftOut={told.leftOut} />
                  <DefinitionNote definition={definition} />
                </div>
                <div className="flex flex-col gap-1">
                  {told.now}
                  {target && (
                    <TargetNote {...{ definition, target }} share={shareOf(id, current)} budget={budgets[id]} />
                  )}
                </div>
                <Labelled label="Before">{told.before}</Labelled>
                <Labelled label="Change">{told.change}</Labelled>
              </li>
            );
          })}
        </ul>
      </div>
    </Section>
  );
}

const columns = "gap-x-6 px-4 @3xl:grid-cols-[minmax(0,5fr)_minmax(0,4fr)_minmax(0,4fr)_minmax(0,3fr)]";

/** The label stands where no header does. */
function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <span className="text-xs text-muted @3xl:sr-only">{label}: </span>
      {children}
    </div>
  );
}

type Row = { leftOut: number; now: ReactNode; before: ReactNode; change: ReactNode };

function tell(definition: Definition, current: SlaNumbers, previous: SlaNumbers | null): Row {
  const { id, measure, isLowerBetter } = definition;
  const none = <span className="text-muted">nothing told</span>;
  if (measure === "share") {
    const [now, before] = [current.shares[id as ShareId], previous?.shares[id as ShareId]];
    return {
      leftOut: now.leftOut,
      now: (
        <>
          <Value>{tellShare(now)}</Value>
          <p className="text-xs text-muted">{tellCases(definition, now.of)}</p>
          <Sureness share={now} />
        </>
      ),
      before: before ? `${tellShare(before)} of ${tellCases(definition, before.of)}` : none,
      change: <ChangeNote change={before ? judgeChange(now, before, { isLowerBetter }) : null} />,
    };
  }
  return tellCasesRow(definition, current, previous);
}

function tellCasesRow(definition: Definition, current: SlaNumbers, previous: SlaNumbers | null): Row {
  const kind = definition.id as CaseKind;
  const [now, before] = [current.cases[kind], previous?.cases[kind]];
  const never = tellNever(now);
  const longer = judgeLonger(now.p90, before?.p90 ?? null);
  return {
    leftOut: current.shares["fill-rate"].leftOut,
    now:
      now.n === 0 ? (
        <span className="text-muted">no {definition.unit}</span>
      ) : (
        <>
          <Value>
            P50 {tellDuration(now.p50)} · P90 {tellDuration(now.p90)}
          </Value>
          <p className="text-xs text-muted">
            {tellCases(definition, now.n)}
            {never && ` · ${never}`}
          </p>
        </>
      ),
    before:
      before && before.n > 0
        ? `P50 ${tellDuration(before.p50)} · P90 ${tellDuration(before.p90)} of ${tellCases(definition, before.n)}`
        : `no ${definition.unit}`,
    change: longer ? (
      <LongerNote longer={longer} bySeconds={Math.abs((now.p90 ?? 0) - (before?.p90 ?? 0))} />
    ) : (
      <span className="text-muted">nothing to compare</span>
    ),
  };
}

function LongerNote({ longer, bySeconds }: { longer: Direction; bySeconds: number }) {
  if (longer === "same") return <span className="text-muted">P90 unchanged</span>;
  return (
    <span className={longer === "worse" ? "text-critical" : "text-ok"}>
      <span aria-hidden="true">{longer === "worse" ? "▲" : "▼"} </span>
      P90 {Number.isFinite(bySeconds) && `${formatSeconds(bySeconds)} `}
      {longer === "worse" ? "longer, worse" : "shorter, better"}
    </span>
  );
}

function Value({ children }: { children: ReactNode }) {
  return <p className="font-semibold tabular-nums">{children}</p>;
}
