import { Form, useNavigation } from "@remix-run/react";

import { Button } from "~/ui/button";
import { ConfirmDialog } from "~/ui/confirm-dialog";
import { TextField } from "~/ui/field";
import { KeyValue } from "~/ui/key-value";
import { Page, Section } from "~/ui/page";

import { passwordLength } from "./password-length";
import { sessionLimits } from "./session-limits";
import { type SessionLine, SessionTable } from "./session-table";
import type { SignedIn } from "./signed-in";

type Refusal = { field: "currentPassword" | "newPassword" | null; message: string };

/** `notice` says what the last change did; `refusal` why it was refused. */
export function AccountPage({
  staff,
  sessions,
  notice,
  refusal,
}: {
  staff: SignedIn["staff"];
  sessions: SessionLine[];
  notice: string | undefined;
  refusal: Refusal | undefined;
}) {
  const errorOf = (field: Refusal["field"]) => (refusal?.field === field ? refusal.message : undefined);
  const isUnderWay = useNavigation().state !== "idle";
  return (
    <Page title="Account" description="Who you are to the console, where you are signed in, and your password.">
      <div aria-live="polite">{notice && <p className="rounded-md bg-ok-soft px-3 py-2 text-ok">{notice}</p>}</div>
      {errorOf(null) && (
        <p role="alert" className="rounded-md bg-critical-soft px-3 py-2 text-critical">
          {errorOf(null)}
        </p>
      )}
      <Section title="You">
        <KeyValue
          entries={[
            { label: "Name", value: staff.fullName },
            { label: "Email", value: staff.email },
            { label: "Role", value: staff.role, note: "Changed by an admin" },
          ]}
        />
      </Section>
      <Section
        flush
        title="Where you are signed in"
        note={`A session ends ${hours(sessionLimits.absoluteSeconds)} after sign-in, or after ${hours(sessionLimits.idleSeconds)} without use`}
        actions={
          sessions.length > 1 && (
            <Form method="post" id="revoke-others">
              <input type="hidden" name="intent" value="revoke-others" />
              <ConfirmDialog
                label="End all others"
                look={{ size: "sm" }}
                form="revoke-others"
                title="End all other sessions?"
                description="Every other browser you are signed in with is signed out within 2 s. This one stays."
                confirm="End sessions"
              />
            </Form>
          )
        }
      >
        <SessionTable sessions={sessions} caption="Your living sessions" />
      </Section>
      <Section title="Password" note="Changing it ends your other sessions">
        <Form method="post" className="flex max-w-sm flex-col gap-4">
          <input type="hidden" name="intent" value="change-password" />
          <input type="hidden" name="username" autoComplete="username" value={staff.email} readOnly />
          <TextField
            label="Present password"
            name="currentPassword"
            type="password"
            autoComplete="current-password"
            error={errorOf("currentPassword")}
            required
          />
          <TextField
            label="New password"
            name="newPassword"
            type="password"
            autoComplete="new-password"
            hint={`At least ${passwordLength.least} characters; four random words do well. Common passwords are refused.`}
            minLength={passwordLength.least}
            maxLength={passwordLength.most}
            error={errorOf("newPassword")}
            required
          />
          <div>
            <Button type="submit" tone="primary" disabled={isUnderWay}>
              Change password
            </Button>
          </div>
        </Form>
      </Section>
    </Page>
  );
}

function hours(seconds: number): string {
  return `${seconds / 3600} h`;
}
