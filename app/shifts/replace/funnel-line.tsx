import { formatCount, formatDistance } from "~/ui/format";
import type { AssignmentRule } from "../../../db/rules/shifts/assignment-rules";
import type { Candidates } from "../../../db/shifts/candidates/candidate";

/** What a rule keeps a guard from, to stand after a count. */
const ruleWords: Record<AssignmentRule, string> = {
  overlap: "busy",
  vca: "without VCA",
  "guard-pass": "without a guard pass",
  employer: "employed elsewhere",
  "pass-colour": "with another pass",
  "pass-restriction": "restricted",
  rest: "short of rest",
  "shift-length": "for whom it is too long",
  week: "over their week",
  unavailable: "unavailable",
  travel: "too far",
  rate: "above the rate",
};

/** Of all who live near, how many fall out by what, and how many can: each guard is counted once. */
export function FunnelLine({ found }: { found: Pick<Candidates, "funnel" | "radiusMeters"> }) {
  const { nearCount, canCount, clearCount, blocked, withoutHomeCount } = found.funnel;
  const falling = blocked.filter(({ firstCount }) => firstCount > 0);
  return (
    <p data-funnel className="text-muted">
      <strong className="font-semibold text-ink">{formatCount(nearCount)}</strong> within{" "}
      {formatDistance(found.radiusMeters)}:{" "}
      {falling.map(({ rule, firstCount }) => `${formatCount(firstCount)} ${ruleWords[rule]}, `)}
      <strong className="font-semibold text-ink">{formatCount(canCount)} can</strong>
      {clearCount < canCount && `, ${formatCount(clearCount)} with nothing against`}
      {withoutHomeCount > 0 && `; ${formatCount(withoutHomeCount)} have no home on record and are not searched`}
    </p>
  );
}
