import { ButtonLink } from "~/ui/button";
import { Section } from "~/ui/page";
import { slaDefinition } from "../../../db/rules/sla/facts";
import { slaRule } from "../../../db/rules/sla/sla-rule";

const { arriveBeforeSeconds, onTimeSeconds, noShowSeconds, confirmSeconds, withdrawSeconds } = slaRule;
const times = [
  ["An arrival counts from", `${arriveBeforeSeconds / 60} min before the start`],
  ["On time until", `${onTimeSeconds / 60} min after the start`],
  ["A no-show after", `${noShowSeconds / 60} min after the start`],
  ["A position inside the fence confirms", `${confirmSeconds / 60} min, at most until the next one`],
  ["A client owes nothing who withdraws", `${withdrawSeconds / 3600} h before the start`],
] as const;

/** The times that the numbers are judged by, and the way to what others would have said. */
export function TimesSection({ tryPath }: { tryPath: string | null }) {
  return (
    <Section
      title="Times of the definitions"
      note={`definition ${slaDefinition}, the same for every client`}
      actions={
        tryPath && (
          <ButtonLink to={tryPath} size="sm">
            Try others
          </ButtonLink>
        )
      }
    >
      <dl className="grid gap-x-6 gap-y-1.5 sm:grid-cols-[max-content_minmax(0,1fr)]">
        {times.map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-muted">{label}</dt>
            <dd className="max-sm:mb-1.5">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 max-w-prose text-xs text-muted">
        Others are tried on the last 28 days, told again from their check-ins, and change nothing. A new definition
        comes with a release: each fact that it tells differently becomes a correction with that reason.
      </p>
    </Section>
  );
}
