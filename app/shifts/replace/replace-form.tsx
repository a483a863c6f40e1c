import { Form, useNavigation, useSearchParams, useSubmit } from "@remix-run/react";
import { type ReactNode, useEffect, useRef } from "react";

import { Button } from "~/ui/button";
import { SelectField, TextField } from "~/ui/field";
import { Section } from "~/ui/page";
import { useKeptFocus } from "~/ui/use-kept-focus";
import { reasonCodes } from "../../../db/rules/shifts/reason-codes";
import { OfferFields } from "./offer-fields";
import type { CandidatesRead } from "./read-replacement.server";

/** An operation with what of it was asked for: its plan, or why there is none. */
type Asked = {
  operation: { fields: { name: string; value: string }[] };
  made: { digest: string; plan: { refusals: string[] } } | null;
  complaint: string | null;
  runId: string;
};

const ownFields = ["reason", "override", "way", "minutes", "next"];
const words = {
  assign: { act: "Give the shift", title: "Why" },
  offer: { act: "Offer the shift", title: "Why and how" },
};
const unchosen = { value: "", label: "Choose a reason" };

/** Why the guard changes, what follows from it (`children`), and the button. The focus is on what is to be done next. */
export function ReplaceForm({
  asked,
  refusal,
  read,
  children,
}: {
  asked: Asked;
  refusal: string | undefined;
  read: Pick<CandidatesRead, "placing" | "chosen" | "asked">;
  children: ReactNode;
}) {
  const { operation, made, complaint, runId } = asked;
  const fieldOf = (name: string) => operation.fields.find((field) => field.name === name)?.value ?? "";
  const [search] = useSearchParams();
  const submit = useSubmit();
  const isSending = useNavigation().formMethod === "POST";
  const isReady = made !== null && made.plan.refusals.length === 0;
  const button = useRef<HTMLButtonElement>(null);
  const question = useRef<HTMLFormElement>(null);
  const keptFocus = useKeptFocus(question, search.toString());
  const way = read.placing?.way ?? "assign";
  const chosen = `${fieldOf("guard")} ${fieldOf("reason")} ${way}`;
  const target = new URLSearchParams(search);
  target.set("way", way);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when another guard or reason is chosen.
  useEffect(() => {
    const open = fieldOf("reason") === "" ? "select" : "[name=override]";
    (isReady ? button.current : question.current?.querySelector<HTMLElement>(open))?.focus();
  }, [chosen, isReady]);
  return (
    <>
      {(refusal ?? (fieldOf("reason") && complaint)) && (
        <p role="alert" className="rounded-md bg-critical-soft px-3 py-2 text-critical">
          {refusal ?? complaint}
        </p>
      )}
      <Section title={words[way].title}>
        <Form
          ref={question}
          key={search.toString()}
          method="get"
          preventScrollReset
          className="flex flex-col gap-3"
          {...keptFocus}
          onChange={({ target, currentTarget }) => {
            if (!(target instanceof HTMLSelectElement)) return;
            keptFocus.onSubmit();
            submit(currentTarget, { preventScrollReset: true });
          }}
        >
          {[...search].map(([name, value]) =>
            ownFields.includes(name) ? null : <input key={name} type="hidden" name={name} value={value} />,
          )}
          <SelectField
            label="Reason"
            name="reason"
            defaultValue={fieldOf("reason")}
            options={[unchosen, ...reasonCodes.map((code) => ({ value: code, label: code }))]}
          />
          {read.chosen?.employment === "zzp" && (
            <OfferFields way={way} minutes={read.placing?.fields.minutes ?? ""} nextCount={read.asked.nextCount} />
          )}
          <div className="flex items-end gap-2">
            <TextField
              label="Reason to override a warning"
              name="override"
              defaultValue={fieldOf("override")}
              maxLength={400}
              fieldClassName="flex-1"
              autoComplete="off"
            />
            <Button type="submit">Plan again</Button>
          </div>
        </Form>
      </Section>
      {children}
      {isReady && (
        <Form method="post" action={`?${target}`} className="flex">
          {operation.fields.map(({ name, value }) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <input type="hidden" name="runId" value={runId} />
          <input type="hidden" name="digest" value={made.digest} />
          <Button ref={button} type="submit" tone="primary" disabled={isSending}>
            {isSending ? "Sending" : words[way].act}
          </Button>
        </Form>
      )}
    </>
  );
}
