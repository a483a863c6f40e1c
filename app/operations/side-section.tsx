import { Badge, type Severity } from "~/ui/badge";
import { formatBytes, formatCount } from "~/ui/format";
import { Section } from "~/ui/page";
import type { ShownStatement, SideRead } from "./read-side.server";

type Verdict = NonNullable<SideRead["verdict"]>["is"];

const verdicts: Record<Verdict, { severity: Severity; text: string }> = {
  go: { severity: "ok", text: "go" },
  wait: { severity: "warning", text: "wait" },
  never: { severity: "critical", text: "never" },
};

export function VerdictBadge({ verdict }: { verdict: Verdict }) {
  const { severity, text } = verdicts[verdict];
  return <Badge severity={severity}>{text}</Badge>;
}

/** One way of a migration: whether it may run now and why, then each statement with what it does to whom. */
export function SideSection({
  title,
  note,
  side,
  headingAction,
}: {
  title: string;
  note: string;
  side: SideRead;
  headingAction?: React.ReactNode;
}) {
  const { verdict, statements, texts, unread } = side;
  return (
    <Section
      title={title}
      note={note}
      actions={
        <>
          {verdict && <VerdictBadge verdict={verdict.is} />}
          {headingAction}
        </>
      }
      flush
    >
      {verdict && verdict.reasons.length > 0 && (
        <ul className="flex max-w-prose list-disc flex-col gap-1 px-4 py-3 pl-9">
          {verdict.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      {unread && (
        <p className="px-4 py-3">
          <Badge severity="unknown">unknown</Badge> <span className="text-muted">{unread}</span>
        </p>
      )}
      <ol className="divide-y divide-line border-line not-first:border-t">
        {statements
          ? statements.map((statement) => <StatementRow key={statement.position} statement={statement} />)
          : texts.map(({ position, text }) => (
              <li key={position} className="px-4 py-3">
                <StatementText text={text} />
              </li>
            ))}
      </ol>
    </Section>
  );
}

const works: Record<ShownStatement["work"], string | null> = {
  none: null,
  scan: "reads every row",
  rewrite: "rewrites the table",
  build: "builds an index",
};

function StatementRow({ statement }: { statement: ShownStatement }) {
  const { position, words, text, locks, work, isConcurrent, isReversible, isKnown, relations, findings } = statement;
  const hasFacts = locks.length > 0 || relations.length > 0 || works[work] !== null;
  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p className="font-medium">
          <span className="mr-2 text-xs text-muted tabular-nums">{position}</span>
          {words}
        </p>
        {works[work] && <Badge severity={isConcurrent || work === "scan" ? "notice" : "warning"}>{works[work]}</Badge>}
        {!isReversible && <Badge severity="critical">loses rows or values</Badge>}
        {!isKnown && <Badge severity="unknown">lock not known</Badge>}
      </div>
      {hasFacts && (
        <ul className="flex flex-col gap-0.5 text-sm">
          {locks.map(({ relation, mode, waits }) => (
            <li key={`${relation} ${mode}`}>
              {mode} on {relation}: {waits === "nothing of the product" ? `${waits} waits` : `${waits} wait`}
              <span className="text-muted">{describeRelation(relations, relation)}</span>
            </li>
          ))}
          {relations.flatMap(({ name, blockers }) =>
            blockers.map((blocker) => (
              <li key={`${name} ${blocker}`} className="text-warning">
                {blocker}
              </li>
            )),
          )}
        </ul>
      )}
      {findings.length > 0 && (
        <ul className="flex flex-col gap-1.5">
          {findings.map(({ rule, source, severity, reason, advice }) => (
            <li key={`${source} ${rule} ${reason}`} className="flex flex-wrap items-baseline gap-x-2">
              <Badge severity={severity === "blocks" ? "critical" : "warning"}>{rule}</Badge>
              <span className="max-w-prose">
                {reason} <span className="text-muted">{advice}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
      <StatementText text={text} />
    </li>
  );
}

/** `, 2.0 GB, about 4,000,000 rows, 120 calls a minute`; what nobody measured says so. */
function describeRelation(relations: ShownStatement["relations"], name: string): string {
  const relation = relations.find((each) => each.name === name);
  if (!relation) return "";
  const { sizeBytes, rows, callsPerMinute } = relation;
  const parts = [
    sizeBytes === null ? "size unknown" : formatBytes(sizeBytes),
    rows === null ? "rows never counted" : `about ${formatCount(rows)} rows`,
    callsPerMinute === null ? "calls not measured" : `${formatCount(Math.round(callsPerMinute))} calls a minute`,
  ];
  return ` · ${parts.join(" · ")}`;
}

function StatementText({ text }: { text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long statement scrolls, also by keyboard.
    <pre tabIndex={0} className="max-h-80 overflow-auto rounded-md bg-sunken px-3 py-2 font-mono text-xs">
      {`${text};`}
    </pre>
  );
}
