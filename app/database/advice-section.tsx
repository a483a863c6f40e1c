import { useFetcher } from "@remix-run/react";
import { useEffect } from "react";

import { ButtonLink } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { formatBytes, formatCount, formatPercent } from "~/ui/format";
import { KeyValue } from "~/ui/key-value";
import { LoadingState } from "~/ui/loading-state";
import { Section } from "~/ui/page";
import { Time } from "~/ui/time";
import type { Advice, IndexAdvice } from "../../db/database/advise-index";
import { leastGainRatio } from "../../db/rules/database/index-candidates";
import { formatCost } from "./plan-tree";
import { SqlFile } from "./sql-file";

/** Indexes that would make the statement cheaper, each proved by the planner, with the SQL that makes and drops it. */
export default function AdviceSection({ queryId }: { queryId: string }) {
  const { load, data } = useFetcher<{ answer: Advice } | { failure: string }>({ key: `advice-${queryId}` });
  const path = `/database/advice/${queryId}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once for each statement.
  useEffect(() => load(path), [path]);
  return (
    <Section
      title="Index advice"
      note={`proved by planning with an index that is imagined (hypopg); advised where the cost falls by ${leastGainRatio * 100} % or more`}
    >
      {!data ? (
        <LoadingState label="the advice" rows={3} />
      ) : "failure" in data ? (
        <EmptyState title="Unknown, which is not fine">{data.failure}</EmptyState>
      ) : (
        <Advised advice={data.answer} queryId={queryId} />
      )}
    </Section>
  );
}

function Advised({ advice, queryId }: { advice: Advice; queryId: string }) {
  if (advice.state === "unproved") return <EmptyState title="No advice can be proved">{advice.sentence}</EmptyState>;
  if (advice.state === "none") {
    return (
      <EmptyState title="No index would make it cheaper">
        {advice.triedCount === 0
          ? "It compares no column by itself with a value that an index does not find already."
          : `${formatCount(advice.triedCount)} were tried; none lowered the cost by ${leastGainRatio * 100} %.`}
      </EmptyState>
    );
  }
  return (
    <ul aria-label="Advised indexes" className="flex flex-col gap-6">
      {advice.advice.map((one) => (
        <li key={one.name} className="flex flex-col gap-3">
          <div className="flex flex-wrap items-center justify-between gap-2">
            <h3 className="font-medium">
              An index on {one.table} ({one.columns.join(", ")})
            </h3>
            {one.isPlain && (
              <ButtonLink size="sm" to={`/operations/new/create-index-concurrently?${fieldsOf(one, queryId)}`}>
                Create it
              </ButtonLink>
            )}
          </div>
          <KeyValue entries={describeAdvice(one)} />
          <div className="grid gap-3 lg:grid-cols-2">
            <SqlFile name={`${one.name.replaceAll('"', "")}.up.sql`} text={one.up} />
            <SqlFile name={`${one.name.replaceAll('"', "")}.down.sql`} text={one.down} />
          </div>
        </li>
      ))}
    </ul>
  );
}

/** As the form of the operation takes them. */
function fieldsOf({ schema, table, columns }: IndexAdvice, statement: string): URLSearchParams {
  return new URLSearchParams({ table: `${schema}.${table}`, columns: columns.join(", "), statement });
}

function describeAdvice({ costBefore, costAfter, sizeBytes, writes }: IndexAdvice) {
  const { rowsPerDay, countedFrom, indexCount } = writes;
  return [
    {
      label: "Cost of the statement",
      value: `${formatCost(costBefore)} → ${formatCost(costAfter)}`,
      note: `${formatPercent(1 - costAfter / costBefore)} less, by the planner; a cost is no time`,
    },
    { label: "Size", value: formatBytes(sizeBytes), note: "estimated" },
    {
      label: "Paid by",
      value: rowsPerDay === null ? null : `${formatCount(Math.round(rowsPerDay))} rows written a day`,
      note: (
        <>
          {rowsPerDay === null
            ? "counted for less than an hour; "
            : countedFrom && (
                <>
                  on average since <Time at={countedFrom} />;{" "}
                </>
              )}
          each keeps up {formatCount(indexCount)} {indexCount === 1 ? "index" : "indexes"} already
        </>
      ),
    },
  ];
}
