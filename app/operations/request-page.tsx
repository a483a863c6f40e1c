import { Form, useNavigation } from "@remix-run/react";

import { Button, ButtonLink } from "~/ui/button";
import { TextField } from "~/ui/field";
import { Page, Section } from "~/ui/page";
import { Age } from "~/ui/time";
import { PlanSection } from "./plan-section";
import type { RequestRead } from "./request.server";

/** Asks what to act upon, shows what would happen, and asks to confirm it by its risk. */
export function RequestPage({
  read,
  refusal,
  back,
}: {
  read: RequestRead;
  refusal: string | undefined;
  /** The page that asked; without one, that of all operations. */
  back?: { to: string; label: string };
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
          {!back && (
            <ButtonLink to={`/database/runbook#${operation.id}`} tone="quiet">
              Runbook
            </ButtonLink>
          )}
          <ButtonLink to={back?.to ?? "/operations"} tone="quiet">
            {back?.label ?? "All operations"}
          </ButtonLink>
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

function ConfirmSection({ read, made }: { read: RequestRead; made: NonNullable<RequestRead["made"]> }) {
  const { operation, runId } = read;
  const { risk, plan } = made;
  const isSending = useNavigation().formMethod === "POST";
  return (
    <Section title="Confirm">
      <Form method="post" className="flex max-w-xl flex-col gap-3">
        <input type="hidden" name="runId" value={runId} />
        <input type="hidden" name="digest" value={made.digest} />
        {operation.fields.map(({ name, value }) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {risk !== "low" && (
          <>
            <TextField
              name="target"
              label={`Type ${plan.target} to confirm`}
              required
              autoComplete="off"
              spellCheck={false}
            />
            <TextField
              name="reason"
              label="Reason"
              hint="Stands in the audit trail."
              required
              minLength={3}
              maxLength={500}
            />
          </>
        )}
        {(risk === "high" || risk === "critical") && (
          <TextField
            name="password"
            type="password"
            label="Your password"
            hint={
              risk === "critical" ? "A second person approves it before it begins." : "It is asked for at this risk."
            }
            required
            autoComplete="current-password"
          />
        )}
        <div>
          <Button type="submit" tone={risk === "low" ? "primary" : "danger"} disabled={isSending}>
            {risk === "critical" ? "Ask for approval" : operation.title}
          </Button>
        </div>
      </Form>
    </Section>
  );
}
