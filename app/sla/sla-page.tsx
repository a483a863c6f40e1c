import { useSearchParams } from "@remix-run/react";

import { ButtonLink } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { Page, Section } from "~/ui/page";
import { ProblemList } from "~/ui/problem-list";
import { SavedViews } from "~/views/saved-views";
import { viewParameters } from "~/views/view-search";
import type { ShareId } from "../../db/rules/sla/judge-counts";
import { AgainstFields } from "./against-fields";
import { CancelledSection } from "./cancelled-section";
import { CausesSection } from "./causes-section";
import { MoreNumbers } from "./more-numbers";
import type { SlaRead } from "./read-sla.server";
import { ShareCard } from "./share-card";
import { SlaFilters } from "./sla-filters";
import { slaSearch } from "./sla-question";
import { SlaTabs } from "./sla-tabs";
import { describeStanding, ShiftsTold, StandingAge } from "./standing-notes";
import { tellAgainst, tellPeriod } from "./tell-period";
import { TrendsSection } from "./trends-section";

const first: readonly ShareId[] = ["fill-rate", "on-time", "no-show", "coverage"];

export function SlaPage({ read }: { read: SlaRead }) {
  const [params] = useSearchParams();
  const { question, choices, standing } = read;
  const isTold = standing.frozenUntil !== null || standing.liveAt !== null;
  const isNarrowed = viewParameters.sla.some((name) => params.get(name));
  return (
    <Page
      title="SLA"
      description={`${tellPeriod(question.period)}, by the local date of each shift's start.`}
      age={isTold && <StandingAge standing={standing} />}
      actions={
        <>
          <ButtonLink to={`/sla/numbers.csv${slaSearch(question, { by: question.by })}`} reloadDocument>
            CSV
          </ButtonLink>
          <SavedViews room="sla" />
        </>
      }
    >
      <SlaTabs current="numbers" />
      <ProblemList sentences={question.problems} />
      <SlaFilters address={question} choices={choices} clearTo={isNarrowed ? "/sla" : null}>
        {["metric", "by", "step"].map((name) => {
          const value = params.get(name);
          return value && <input key={name} type="hidden" name={name} value={value} />;
        })}
        <AgainstFields question={question} choices={choices} />
      </SlaFilters>
      {isTold ? <Numbers read={read} /> : <NothingYet />}
    </Page>
  );
}

function Numbers({ read }: { read: SlaRead }) {
  const { question, choices, numbers, budgets, targets, causes, trends, standing, firstDate } = read;
  const { current, previous } = numbers;
  const against = tellAgainst(question, choices);
  const { period, metric } = question;
  const notes = (
    <ProblemList sentences={describeStanding(standing, { period, against: question.against.period, firstDate })} />
  );
  if (!current) {
    return (
      <>
        {notes}
        <Section>
          <EmptyState title="No shift started in this time">
            Nothing was counted, which is not zero. Choose another range, or clear the filter.
          </EmptyState>
        </Section>
      </>
    );
  }
  const { counts } = current;
  return (
    <>
      {notes}
      <ShiftsTold counts={counts} />
      <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
        {first.map((id) => (
          <ShareCard
            key={id}
            id={id}
            share={current.shares[id]}
            before={previous?.shares[id] ?? null}
            target={targets[id]}
            budget={budgets[id]}
            {...{ against, counts, question }}
          />
        ))}
      </div>
      <CausesSection
        question={question}
        causes={causes}
        now={current.shares[metric as ShareId] ?? null}
        before={previous?.shares[metric as ShareId] ?? null}
        against={against}
      />
      <TrendsSection
        targets={targets}
        trends={trends}
        step={question.step}
        against={question.against.kind === "previous" ? null : against}
      />
      <MoreNumbers shown={first} {...{ current, previous, against, targets, budgets, question }} />
      <CancelledSection counts={counts} />
    </>
  );
}

function NothingYet() {
  return (
    <Section>
      <EmptyState title="Nothing to measure yet">
        No shift was told yet. The worker tells each shift that has begun within five minutes, and freezes its numbers
        24 hours after its end; shifts of the past follow at twenty past the hour.
      </EmptyState>
    </Section>
  );
}
