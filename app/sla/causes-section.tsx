import { EmptyState } from "~/ui/empty-state";
import { formatCount, formatPercent } from "~/ui/format";
import { Section } from "~/ui/page";
import { type Definition, definitionOf, definitions } from "../../db/rules/sla/definitions";
import { judgeChange } from "../../db/rules/sla/judge-change";
import type { Share } from "../../db/rules/sla/judge-share";
import { CauseTable } from "./cause-table";
import { ChangeNote } from "./change-note";
import { ChoiceLinks } from "./choice-links";
import { causes as causeLabels, type NumbersQuestion } from "./numbers-question";
import type { Causes } from "./tell-causes";
import { tellPoints, tellShare } from "./tell-share";

const metrics = definitions.map(({ id, title }) => ({ value: id, label: title }));
const groupings = Object.entries(causeLabels).map(([value, label]) => ({ value, label }));

/** Who moved the chosen number, each with the way to its misses. */
export function CausesSection({
  question,
  causes,
  now,
  before,
  against,
}: {
  question: NumbersQuestion;
  causes: Causes;
  /** The number itself, of all groups; null where it is no share, or nothing was told. */
  now: Share | null;
  before: Share | null;
  against: string;
}) {
  const { metric, by } = question;
  const definition = definitionOf(metric);
  return (
    <Section title="What changed, and who made it" note={`against ${against}`} flush>
      <div className="flex flex-col gap-1 border-b border-line px-4 py-2">
        <ChoiceLinks label="Number" name="metric" chosen={metric} options={metrics} />
        <ChoiceLinks label="Told by" name="by" chosen={by} options={groupings} />
      </div>
      {question.against.kind === "client" ? (
        <p className="max-w-prose p-4 text-muted">
          Two clients have no change between them. Hold the numbers against a period to see who moved them.
        </p>
      ) : causes.rows.length === 0 ? (
        <EmptyState title={`No ${definition.unit} in either period`} />
      ) : (
        <>
          <Verdict definition={definition} causes={causes} now={now} before={before} />
          <CauseTable question={question} definition={definition} causes={causes} />
          <p className="max-w-4xl p-4 text-xs text-muted">{explain(causes)}</p>
        </>
      )}
    </Section>
  );
}

/** What became of the number, and the one that moved it most to there, in a sentence each. */
function Verdict({
  definition: { title, isLowerBetter },
  causes,
  now,
  before,
}: {
  definition: Definition;
  causes: Causes;
  now: Share | null;
  before: Share | null;
}) {
  if (causes.measure === "seconds" || causes.change === null || !now || !before || now.share === null) return null;
  const { change, rows } = causes;
  const first = rows.find(({ moved }) => moved !== null && moved * change > 0);
  return (
    <p className="max-w-4xl px-4 pt-3 pb-1">
      {title}: {tellShare(now)} after {tellShare(before)},{" "}
      <ChangeNote change={judgeChange(now, before, { isLowerBetter })} />.
      {first?.moved && rows.length > 1 && (
        <>
          {" "}
          Had <strong className="font-semibold">{first.label}</strong> stayed as it was, it would stand at{" "}
          {formatPercent(now.share - first.moved)}.
        </>
      )}
    </p>
  );
}

function explain(causes: Causes): string {
  const more = causes.others.count > 0 ? `${formatCount(causes.others.count)} more are not shown` : "";
  if (causes.measure === "seconds") {
    return `A percentile is no sum, and cannot be shared out: these are the ones with the most cases.${more && ` ${more}.`}`;
  }
  const parts = [
    "Moved by: the number less what it would be had this one alone kept its cases and hits of before.",
    more && causes.measure === "share" ? `${more}; they moved it by ${tellPoints(causes.others.moved)}.` : "",
    causes.rest === null || tellPoints(causes.rest) === "0"
      ? "All of them add up to the change."
      : `All of them add up to the change but for ${tellPoints(causes.rest)} points, which several made together by changing at once.`,
  ];
  return parts.filter(Boolean).join(" ");
}
