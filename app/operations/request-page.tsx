import { Form } from "@remix-run/react";

import { Button, ButtonLink } from "~/ui/button";
import { TextField } from "~/ui/field";
import { Page, Section } from "~/ui/page";
import { Age } from "~/ui/time";
import { ConfirmSection } from "./confirm-section";
import { PlanSection } from "./plan-section";
import type { RequestRead } from "./request.server";

/** Asks what to act upon, shows what would happen, and asks to confirm it by its risk. */
export function RequestPage({
  read,
  refusal,
  back,
  runbookTo,
}: {
  read: RequestRead;
  refusal: string | undefined;
  /** Where it leads back to; null for who may open no such page. */
  back: { to: string; label: string } | null;
  runbookTo?: string;
}) {
  const { operation, made, complaint, readAt } = read;
  const isRefused = made !== null && (made.plan.refusals.length > 0 || made.plan.moved !== undefined);
  return (
    <Page
      title={operation.title}
      description={operation.purpose}
      age={
        made && (
          <>
            Planned <Age at={readAt} />
          </>
        )
      }
      actions={
        <>
          {runbookTo && (
            <ButtonLink to={runbookTo} tone="quiet">
              Runbook
            </ButtonLink>
          )}
          {back && (
            <ButtonLink to={back.to} tone="quiet">
              {back.label}
            </ButtonLink>
          )}
        </>
      }
    >
      {(refusal ?? complaint) && (
        <p role="alert" className="rounded-md bg-critical-soft px-3 py-2 text-critical">
          {refusal ?? complaint}
        </p>
      )}
      <Section title="What to act upon">
        <Form method="get" className="flex max-w-xl flex-col gap-3">
          {operation.fields.map(({ name, label, hint, value, isOptional }) => (
            <TextField
              key={`${name} ${value}`}
              name={name}
              label={label}
              hint={hint}
              defaultValue={value}
              required={!isOptional}
              autoComplete="off"
              spellCheck={false}
            />
          ))}
          <div>
            <Button type="submit" tone={made ? "secondary" : "primary"}>
              {made ? "Plan again" : "Show the plan"}
            </Button>
          </div>
        </Form>
      </Section>
      {made && <PlanSection plan={made.plan} risk={made.risk} undo={operation.undo} />}
      {made && !isRefused && <ConfirmSection read={read} made={made} />}
    </Page>
  );
}
