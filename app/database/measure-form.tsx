import { useFetcher } from "@remix-run/react";

import { ConfirmDialog } from "~/ui/confirm-dialog";
import { TextField } from "~/ui/field";
import { Section } from "~/ui/page";
import { Age } from "~/ui/time";
import type { Measurement } from "../../db/database/measure-statement";
import { exampleOf } from "../../db/rules/database/parameter-values";
import { PlanTree } from "./plan-tree";

/** Runs the statement once, after it was asked whether it may; what it did stands below. */
export function MeasureForm({ path, parameterTypes }: { path: string; parameterTypes: string[] }) {
  const fetcher = useFetcher<{ answer: Measurement } | { failure: string }>({ key: `measure-${path}` });
  const { data } = fetcher;
  const answer = data && "answer" in data ? data.answer : null;
  const refusals = !data ? [] : "failure" in data ? [data.failure] : refusalsOf(data.answer);
  const untyped = parameterTypes.filter((type) => exampleOf(type) === null);
  return (
    <Section title="Measured plan" note="what each step did when the statement was run">
      <div className="flex flex-col gap-4">
        <p className="max-w-prose text-muted">
          Only a SELECT that is proved to read alone is run: read-only, rolled back, cancelled after 5 s, one at a time.
          That you run it is put on record; the values are not.
        </p>
        {untyped.length > 0 ? (
          <p>It cannot be run here: no value of the type {untyped.join(", ")} can be entered.</p>
        ) : (
          <fetcher.Form method="post" action={path} id="measure" className="flex flex-wrap items-end gap-3">
            <input type="hidden" name="confirmed" value="yes" />
            {parameterTypes.map((type, position) => (
              <TextField
                // biome-ignore lint/suspicious/noArrayIndexKey: parameters are known by their number.
                key={position}
                label={`$${position + 1}, ${type}`}
                name={`parameter-${position + 1}`}
                placeholder={exampleOf(type) ?? undefined}
                maxLength={500}
                autoComplete="off"
                fieldClassName="w-60"
              />
            ))}
            <ConfirmDialog
              label={fetcher.state === "idle" ? "Run and measure" : "Running"}
              form="measure"
              title="Run this statement on SecuryFlex?"
              description="It reads, and takes the time and the blocks that it takes, at most 5 s. Nothing is changed."
              confirm="Run it"
              tone="primary"
            />
          </fetcher.Form>
        )}
        {refusals.length > 0 && (
          <div role="alert" className="flex flex-col gap-1 rounded-md bg-critical-soft px-3 py-2 text-critical">
            {refusals.map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </div>
        )}
        {answer?.state === "measured" && (
          <>
            <p role="status" className="text-xs text-muted">
              Run <Age at={answer.readAt} />
            </p>
            <PlanTree label="Measured plan of the statement" plan={answer.plan} />
          </>
        )}
      </div>
    </Section>
  );
}

function refusalsOf(measurement: Measurement): string[] {
  if (measurement.state === "refused") return measurement.sentences;
  return measurement.state === "failed" ? [measurement.sentence] : [];
}
