import { Badge } from "~/ui/badge";
import { formatBytes, formatCount, formatPercent, formatSeconds } from "~/ui/format";
import { type Column, DataTable } from "~/ui/table";
import {
  costlyRatio,
  describeNode,
  isCostly,
  isMisestimated,
  listNodes,
  misestimatedFrom,
  type PlanNode,
} from "../../db/rules/database/plan-tree";

/** The steps of a plan from the last to the first, each below the one that it feeds; the same as a table below. */
export function PlanTree({ label, plan }: { label: string; plan: PlanNode }) {
  const what = plan.measured ? "time" : "cost";
  return (
    <div className="flex flex-col gap-3">
      <div className="overflow-x-auto">
        <ul aria-label={label} className="min-w-72">
          <Step node={plan} />
        </ul>
      </div>
      <p className="text-xs text-muted">
        Marked from {costlyRatio * 100} % of all {what} on, not counting the steps below
        {plan.measured && `, and where ${misestimatedFrom} times more or fewer rows came than were estimated`}. A cost
        of 1 is one page read in order; it is no time. Constants are left out.
      </p>
      <details>
        <summary className="w-fit text-muted hover:text-ink">As a table</summary>
        <div className="mt-2 overflow-hidden rounded-md border border-line">
          <StepTable label={label} plan={plan} />
        </div>
      </details>
    </div>
  );
}

function Step({ node }: { node: PlanNode }) {
  const { kind, relation, alias, index, conditions, children } = node;
  return (
    <li className="relative">
      <div className="flex flex-col gap-0.5 border-l-2 border-line py-1.5 pl-3 has-[>[data-costly]]:border-warning">
        <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1" data-costly={isCostly(node) || undefined}>
          <span className="font-medium">{kind}</span>
          {relation && (
            <span>
              on <code className="font-mono text-xs">{relation}</code>
              {alias && <span className="text-muted"> as {alias}</span>}
            </span>
          )}
          {index && (
            <span>
              using <code className="font-mono text-xs">{index}</code>
            </span>
          )}
          <Marks node={node} />
        </p>
        <p className="text-xs text-muted tabular-nums">{describeNumbers(node)}</p>
        {conditions.map(({ label, text }) => (
          <p key={label} className="text-xs [overflow-wrap:anywhere]">
            <span className="text-muted">{conditionNames[label] ?? label}</span>{" "}
            <code className="font-mono">{text}</code>
          </p>
        ))}
      </div>
      {children.length > 0 && (
        <ul className="ml-3 md:ml-5">
          {children.map((child, position) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the steps of one plan never move.
            <Step key={position} node={child} />
          ))}
        </ul>
      )}
    </li>
  );
}

const conditionNames: Record<string, string> = {
  "Index Cond": "found by",
  "Recheck Cond": "checked again",
  Filter: "filtered by",
  "Hash Cond": "joined by",
  "Merge Cond": "joined by",
  "Join Filter": "joined where",
  "Sort Key": "sorted by",
  "Group Key": "grouped by",
};

function Marks({ node }: { node: PlanNode }) {
  const { ownCostRatio, measured } = node;
  return (
    <>
      {isCostly(node) && (
        <Badge severity="warning">
          {measured
            ? `${formatPercent(measured.ownTimeRatio)} of the time`
            : `${formatPercent(ownCostRatio)} of the cost`}
        </Badge>
      )}
      {isMisestimated(node) && <Badge severity="warning">{describeMisestimate(node)}</Badge>}
      {measured?.loops === 0 && <Badge>never run</Badge>}
    </>
  );
}

function describeMisestimate({ measured, rows }: PlanNode): string {
  const times = formatCount(Math.round(measured?.misestimatedTimes ?? 1));
  return (measured?.rows ?? 0) > rows
    ? `${times} times more rows than estimated`
    : `${times} times fewer rows than estimated`;
}

function describeNumbers({ totalCost, rows, widthBytes, measured }: PlanNode): string {
  const estimate = `cost ${formatCost(totalCost)} · ${formatRows(rows)} of ${formatBytes(widthBytes)}`;
  if (!measured) return estimate;
  if (measured.loops === 0) return `estimated ${estimate}`;
  const loops = measured.loops > 1 ? ` in each of ${formatCount(measured.loops)} loops` : "";
  const blocks = `${formatCount(measured.hitBlocks)} blocks from the cache, ${formatCount(measured.readBlocks)} read`;
  const temporary = measured.temporaryBlocks > 0 ? `, ${formatCount(measured.temporaryBlocks)} temporary` : "";
  return `${formatDuration(measured.totalMilliseconds)} · ${formatRows(measured.rows)}${loops} · ${blocks}${temporary} · estimated ${estimate}`;
}

function formatRows(rows: number): string {
  return `${formatCount(rows)} ${rows === 1 ? "row" : "rows"}`;
}

/** 12, 1,234, 12.5: no digit that means nothing. */
export function formatCost(cost: number): string {
  return formatCount(cost < 100 ? Number(cost.toFixed(1)) : Math.round(cost));
}

function formatDuration(milliseconds: number): string {
  return milliseconds < 99.5 ? `${Number(milliseconds.toPrecision(2))} ms` : formatSeconds(milliseconds / 1000);
}

type Line = PlanNode & { id: number };

const columns: Column<Line>[] = [
  { id: "step", header: "Step", isFilling: true, cell: (line) => describeNode(line) },
  { id: "cost", header: "Cost", align: "end", cell: ({ totalCost }) => formatCost(totalCost) },
  { id: "own", header: "Own share", align: "end", cell: ({ ownCostRatio }) => formatPercent(ownCostRatio) },
  { id: "rows", header: "Rows", align: "end", cell: ({ rows }) => formatCount(rows) },
  { id: "width", header: "Width", align: "end", isWideOnly: true, cell: ({ widthBytes }) => formatBytes(widthBytes) },
];

const measuredColumns: Column<Line>[] = [
  ...columns,
  {
    id: "time",
    header: "Own time",
    align: "end",
    cell: ({ measured }) => (measured ? formatDuration(measured.ownMilliseconds) : "not run"),
  },
  {
    id: "found",
    header: "Rows found",
    align: "end",
    cell: ({ measured }) => (measured ? formatCount(measured.rows) : "not run"),
  },
];

function StepTable({ label, plan }: { label: string; plan: PlanNode }) {
  return (
    <DataTable
      caption={`${label} as a table`}
      rows={listNodes(plan).map((node, id) => ({ ...node, id }))}
      columns={plan.measured ? measuredColumns : columns}
      rowId={({ id }) => id}
      sortKey="plan-sort"
      empty={null}
    />
  );
}
