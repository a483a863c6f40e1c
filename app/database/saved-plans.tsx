import { useState } from "react";

import { Badge } from "~/ui/badge";
import { SelectField } from "~/ui/field";
import { formatInstant } from "~/ui/format-instant";
import { KeyValue } from "~/ui/key-value";
import { Section } from "~/ui/page";
import { type Column, DataTable } from "~/ui/table";
import { Age, Time } from "~/ui/time";
import { comparePlans } from "../../db/rules/database/compare-plans";
import { describeNode, listNodes } from "../../db/rules/database/plan-tree";
import { formatCost } from "./plan-tree";
import type { PlanRead } from "./statement-plan.server";

type Saved = PlanRead["saved"][number];

const columns: Column<Saved>[] = [
  {
    id: "plan",
    header: "Plan",
    isFilling: true,
    cell: (saved) => (
      <>
        <code className="font-mono text-xs">{nameOf(saved)}</code> {describeNode(saved.plan)},{" "}
        {listNodes(saved.plan).length} steps
      </>
    ),
  },
  { id: "kind", header: "Kind", cell: ({ isMeasured }) => <Badge>{isMeasured ? "measured" : "planned"}</Badge> },
  { id: "cost", header: "Cost", align: "end", cell: ({ plan }) => formatCost(plan.totalCost) },
  {
    id: "server",
    header: "PostgreSQL",
    isWideOnly: true,
    cell: ({ serverVersion }) => `${Math.floor(serverVersion / 10_000)}.${serverVersion % 10_000}`,
  },
  { id: "first", header: "First read", isWideOnly: true, cell: ({ firstSeenAt }) => <Time at={firstSeenAt} /> },
  { id: "last", header: "Last read", cell: ({ lastSeenAt }) => <Age at={lastSeenAt} /> },
];

/** The plans that were read of the statement, each shape once, and what changed from one to another. */
export function SavedPlans({ saved }: { saved: Saved[] }) {
  const [former, setFormer] = useState(1);
  const [latter, setLatter] = useState(0);
  const [before, after] = [saved[former], saved[latter]];
  const options = saved.map((one, position) => ({ value: String(position), label: describeSaved(one) }));
  return (
    <Section title="Saved plans" note="each shape is kept once" flush>
      <DataTable caption="Saved plans" rows={saved} columns={columns} rowId={keyOf} sortKey="saved-sort" empty={null} />
      {saved.length > 1 && before && after && (
        <div className="flex flex-col gap-3 border-t border-line p-4">
          <div className="flex flex-wrap gap-3">
            <SelectField
              label="From plan"
              options={options}
              value={String(former)}
              onChange={(event) => setFormer(Number(event.currentTarget.value))}
            />
            <SelectField
              label="To plan"
              options={options}
              value={String(latter)}
              onChange={(event) => setLatter(Number(event.currentTarget.value))}
            />
          </div>
          <Comparison before={before} after={after} />
        </div>
      )}
    </Section>
  );
}

function Comparison({ before, after }: { before: Saved; after: Saved }) {
  const { gone, come, goneIndexes, comeIndexes, keptSteps, formerCost, latterCost } = comparePlans(
    before.plan,
    after.plan,
  );
  return (
    <KeyValue
      entries={[
        {
          label: "Cost",
          value: `${formatCost(formerCost)} → ${formatCost(latterCost)}`,
          note: describeFactor(formerCost, latterCost),
        },
        { label: "Steps gone", value: <Steps steps={gone} /> },
        { label: "Steps new", value: <Steps steps={come} />, note: `${keptSteps} stayed` },
        { label: "Indexes no longer used", value: goneIndexes.join(", ") || "none" },
        { label: "Indexes now used", value: comeIndexes.join(", ") || "none" },
      ]}
    />
  );
}

function Steps({ steps }: { steps: string[] }) {
  return <>{steps.join(" · ") || "none"}</>;
}

function describeFactor(before: number, after: number): string {
  if (before <= 0 || after <= 0) return "";
  const factor = Math.max(before / after, after / before);
  if (factor < 1.05) return "as before";
  return `${factor < 10 ? factor.toFixed(1) : Math.round(factor)} times ${after < before ? "cheaper" : "dearer"}`;
}

function describeSaved(saved: Saved): string {
  const kind = saved.isMeasured ? "measured" : "planned";
  return `${nameOf(saved)}, ${kind}, ${formatInstant(saved.lastSeenAt, { style: "stamp" })}`;
}

function nameOf({ fingerprint }: Saved): string {
  return fingerprint.slice(0, 8);
}

function keyOf({ fingerprint, isMeasured }: Saved): string {
  return `${fingerprint} ${isMeasured}`;
}
