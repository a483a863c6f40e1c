import { Link, useSearchParams } from "@remix-run/react";

import { ChoiceField } from "~/ui/choice-field";
import { TextField } from "~/ui/field";
import { addDays } from "../../db/rules/sla/period";
import type { SlaChoices } from "../../db/sla/list-sla-choices";
import type { NumbersQuestion } from "./numbers-question";

/** What the numbers are held against, for the form of the filters. */
export function AgainstFields({ question, choices }: { question: NumbersQuestion; choices: SlaChoices }) {
  const [params] = useSearchParams();
  const { against, period } = question;
  const yearBefore = `${addDays(period.from, -364)}..${addDays(period.until, -364)}`;
  const next = new URLSearchParams(params);
  next.set("against", yearBefore);
  next.delete("againstClient");
  return (
    <details open={against.kind !== "previous"} className="order-last w-full">
      <summary className="w-fit rounded-md py-1 text-xs font-medium text-muted hover:text-ink">Compare with</summary>
      <div className="mt-1.5 flex flex-wrap items-end gap-3">
        <TextField
          label="Another period"
          name="against"
          defaultValue={against.kind === "period" ? `${against.period.from}..${against.period.until}` : ""}
          placeholder={yearBefore}
          pattern="\s*\d{4}-\d\d-\d\d\.\.\d{4}-\d\d-\d\d\s*"
          title="Two dates, as in 2026-03-01..2026-03-28"
          fieldClassName="w-60 max-md:w-full"
        />
        <ChoiceField
          label="Another client"
          name="againstClient"
          chosen={against.kind === "client" ? against.filter.clientId : undefined}
          choices={choices.clients.filter(({ id }) => id !== question.filter.clientId)}
          none="None"
          fieldClassName="w-52 max-md:min-w-36 max-md:flex-1"
        />
        <Link to={`?${next}`} preventScrollReset className="inline-flex h-8 items-center text-accent hover:underline">
          52 weeks before
        </Link>
      </div>
    </details>
  );
}
