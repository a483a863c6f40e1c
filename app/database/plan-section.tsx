import { useFetcher } from "@remix-run/react";
import { useEffect } from "react";

import { EmptyState } from "~/ui/empty-state";
import { LoadingState } from "~/ui/loading-state";
import { Section } from "~/ui/page";
import { Age } from "~/ui/time";
import { CallersSection } from "./callers-section";
import { MeasureForm } from "./measure-form";
import { PlanTree } from "./plan-tree";
import { SavedPlans } from "./saved-plans";
import type { PlanRead } from "./statement-plan.server";

/** How the server would run the statement, how it did when it was measured, and the plans that were read before. */
export default function PlanSection({ queryId, canMeasure }: { queryId: string; canMeasure: boolean }) {
  const fetcher = useFetcher<{ answer: PlanRead } | { failure: string }>({ key: `plan-${queryId}` });
  const { load, data } = fetcher;
  const path = `/database/plan/${queryId}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once for each statement.
  useEffect(() => load(path), [path]);
  if (!data) {
    return (
      <Section title="Plan">
        <LoadingState label="the plan" />
      </Section>
    );
  }
  if ("failure" in data) {
    return (
      <Section title="Plan">
        <EmptyState title="Unknown, which is not fine">{data.failure}</EmptyState>
      </Section>
    );
  }
  const { planned, saved, callers } = data.answer;
  return (
    <>
      <Section
        title="Plan"
        note={
          planned.state === "planned" ? (
            <>
              for any parameters; planned, not run, <Age at={planned.readAt} />
            </>
          ) : undefined
        }
      >
        {planned.state === "planned" ? (
          <PlanTree label="Plan of the statement" plan={planned.plan} />
        ) : (
          <EmptyState title="There is no plan to show">{planned.sentence}</EmptyState>
        )}
      </Section>
      {canMeasure && planned.state === "planned" && <MeasureForm path={path} parameterTypes={planned.parameterTypes} />}
      {saved.length > 0 && <SavedPlans saved={saved} />}
      <CallersSection callers={callers} />
    </>
  );
}
