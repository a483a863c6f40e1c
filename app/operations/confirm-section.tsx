import { Form, useNavigation } from "@remix-run/react";

import { Button } from "~/ui/button";
import { TextField } from "~/ui/field";
import { Section } from "~/ui/page";
import type { RequestRead } from "./request.server";

/** Asks for what the risk of a plan demands, and sends it with what it was made of. */
export function ConfirmSection({ read, made }: { read: RequestRead; made: NonNullable<RequestRead["made"]> }) {
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
