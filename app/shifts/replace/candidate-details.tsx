import { Badge } from "~/ui/badge";
import { formatCount, formatDistance, formatEuro, formatSeconds } from "~/ui/format";
import { KeyValue } from "~/ui/key-value";
import { Section } from "~/ui/page";
import { Time } from "~/ui/time";
import { formatHours, type ListedCandidate, StandingBadge } from "./candidate-columns";

const severities = { block: "critical", warn: "warning", info: "notice" } as const;

/** One candidate in full: every reason against, what would have to change, and the numbers behind. */
export function CandidateDetails({ candidate, zone }: { candidate: ListedCandidate; zone: string }) {
  const { fullName, worst, reasons, history, restBeforeSeconds, restAfterSeconds } = candidate;
  const rest = (seconds: number | null) =>
    seconds === null ? "no other shift within ten days" : formatSeconds(seconds);
  return (
    <Section title={fullName} actions={<StandingBadge worst={worst} />}>
      <div className="flex flex-col gap-4">
        {reasons.length > 0 && (
          <ul aria-label="What speaks against" className="flex flex-col gap-2">
            {reasons.map(({ rule, severity, sentence, change }) => (
              <li key={rule} className="flex items-start gap-2">
                <Badge severity={severities[severity]}>{severity}</Badge>
                <span>
                  {sentence} <span className="text-muted">{change}</span>
                </span>
              </li>
            ))}
          </ul>
        )}
        <KeyValue
          entries={[
            { label: "Employment", value: candidate.employment === "zzp" ? "self-employed" : "employee" },
            {
              label: "From",
              value: candidate.homeCity ?? "home not on record",
              note: `${formatDistance(candidate.distanceMeters)} in a straight line, ${formatSeconds(candidate.travelSeconds === null ? null : Math.round(candidate.travelSeconds / 60) * 60)} by estimate`,
            },
            {
              label: "Rate",
              value: candidate.hourlyRate === null ? null : `${formatEuro(candidate.hourlyRate)} an hour`,
              note: `margin ${formatEuro(candidate.marginPerHour)} an hour`,
            },
            { label: "Rest before", value: rest(restBeforeSeconds) },
            { label: "Rest after", value: rest(restAfterSeconds) },
            { label: "Week after", value: `${formatHours(candidate.weekSecondsAfter)} of work` },
            {
              label: "Worked here",
              value: `${formatCount(history.completedCount)} times, ${formatCount(history.noShowCount)} missed`,
              note: history.lastAt && (
                <>
                  last <Time at={history.lastAt} zone={zone} style="date" />
                </>
              ),
            },
          ]}
        />
      </div>
    </Section>
  );
}
