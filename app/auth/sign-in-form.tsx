import { Form, useNavigation } from "@remix-run/react";

import { Brand } from "~/ui/brand";
import { Button } from "~/ui/button";
import { TextField } from "~/ui/field";

/** `refusal` says why the last try was refused, and what was typed. */
export function SignInForm({ refusal }: { refusal: { message: string; email: string } | undefined }) {
  const isUnderWay = useNavigation().state !== "idle";
  return (
    <main id="main" className="flex min-h-dvh flex-col items-center justify-center gap-6 px-4 py-10">
      <Brand />
      <section className="w-full max-w-sm rounded-lg border border-line bg-surface p-6">
        <h1 className="text-xl font-semibold tracking-tight">Sign in</h1>
        <p className="mt-0.5 text-muted">For staff of the SecuryFlex operations room.</p>
        <Form
          method="post"
          className="mt-5 flex flex-col gap-4"
          aria-describedby={refusal ? "sign-in-refusal" : undefined}
        >
          {refusal && (
            <p
              id="sign-in-refusal"
              role="alert"
              className="rounded-md bg-critical-soft px-3 py-2 font-medium text-critical"
            >
              {refusal.message}
            </p>
          )}
          <TextField
            label="Email"
            name="email"
            type="email"
            autoComplete="username"
            maxLength={254}
            defaultValue={refusal?.email}
            required
          />
          <TextField
            label="Password"
            name="password"
            type="password"
            autoComplete="current-password"
            maxLength={200}
            required
          />
          <Button type="submit" tone="primary" disabled={isUnderWay}>
            {isUnderWay ? "Signing in" : "Sign in"}
          </Button>
        </Form>
      </section>
      <p className="text-xs text-muted">
        No account, or a forgotten password? An admin of the console makes a new one.
      </p>
    </main>
  );
}
