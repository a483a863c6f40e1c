import { Link } from "@remix-run/react";

import { Section } from "~/ui/page";
import type { Plan, Risk } from "../../db/operation";
import { RiskBadge } from "./run-badges";

/** What would happen, or what was asked for: the words, the statements, and why not. */
export function PlanSection({ plan, risk, undo }: { plan: Plan; risk: Risk; undo: string | null }) {
  const { summary, consequences, moved, statements, examples = [] } = plan;
  const refusals = [...(moved ? [moved] : []), ...plan.refusals];
  return (
    <Section title="Plan" actions={<RiskBadge risk={risk} />}>
      <div className="flex flex-col gap-3">
        <p className="font-medium">{summary}</p>
        {refusals.length > 0 && (
          <ul className="rounded-md bg-critical-soft px-3 py-2 text-critical">
            {refusals.map((refusal) => (
              <li key={refusal}>{refusal}</li>
            ))}
          </ul>
        )}
        <ul className="flex max-w-prose list-disc flex-col gap-1 pl-5">
          {consequences.map((consequence) => (
            <li key={consequence}>{consequence}</li>
          ))}
          {undo && <li>To take it back: {undo}</li>}
        </ul>
        {examples.length > 0 && (
          <ul aria-label="Examples" className="flex max-w-prose flex-col gap-1">
            {examples.map(({ shiftId, sentence }) => (
              <li key={`${shiftId} ${sentence}`}>
                <Link to={`/shifts/${shiftId}`} className="text-accent underline underline-offset-2">
                  Shift {shiftId}
                </Link>
                : {sentence}
              </li>
            ))}
          </ul>
        )}
        {statements.length > 0 && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a long statement scrolls, also by keyboard.
          <pre tabIndex={0} className="overflow-x-auto rounded-md bg-sunken px-3 py-2 font-mono text-xs">
            {statements.map((statement) => `${statement};`).join("\n")}
          </pre>
        )}
      </div>
    </Section>
  );
}
