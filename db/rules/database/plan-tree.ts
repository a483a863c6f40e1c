import { maskLiterals } from "./mask-literals";

/** What a node did when the statement ran; numbers over all its loops. */
export type MeasuredNode = {
  loops: number;
  /** Of one loop, as the estimate is. */
  rows: number;
  totalMilliseconds: number;
  ownMilliseconds: number;
  /** Of the own times of all nodes, 0 to 1. */
  ownTimeRatio: number;
  /** How many times more or fewer rows came than were estimated, at least 1. Null where it never ran. */
  misestimatedTimes: number | null;
  hitBlocks: number;
  readBlocks: number;
  temporaryBlocks: number;
};

export type PlanNode = {
  /** For example Index Scan. */
  kind: string;
  relation: string | null;
  /** Null where it is the relation's own name. */
  alias: string | null;
  index: string | null;
  /** Without constants; parameters stay. */
  conditions: { label: string; text: string }[];
  /** In the planner's unit: one page read in order is 1. */
  totalCost: number;
  ownCost: number;
  /** Of the own costs of all nodes, 0 to 1. */
  ownCostRatio: number;
  rows: number;
  widthBytes: number;
  /** Null where the statement was planned and not run. */
  measured: MeasuredNode | null;
  children: PlanNode[];
};

/** From this share of all own cost, or own time where it was run, a node is marked. */
export const costlyRatio = 0.25;
/** From this factor between estimated and found rows a node is marked. */
export const misestimatedFrom = 10;

type Json = Record<string, unknown>;

const conditionLabels = [
  "Index Cond",
  "Recheck Cond",
  "Filter",
  "Hash Cond",
  "Merge Cond",
  "Join Filter",
  "TID Cond",
  "One-Time Filter",
  "Sort Key",
  "Group Key",
];

/** The tree of `explain (format json)`. Throws where it is none. */
export function toPlanTree(explained: unknown): PlanNode {
  const first = Array.isArray(explained) ? explained[0] : explained;
  const plan = isJson(first) ? first.Plan : undefined;
  if (!isJson(plan)) throw new Error("The answer holds no plan.");
  const root = toNode(plan);
  const all = listNodes(root);
  const costs = sumOf(all.map(({ ownCost }) => ownCost));
  const times = sumOf(all.map(({ measured }) => measured?.ownMilliseconds ?? 0));
  for (const node of all) {
    node.ownCostRatio = costs > 0 ? node.ownCost / costs : 0;
    if (node.measured) node.measured.ownTimeRatio = times > 0 ? node.measured.ownMilliseconds / times : 0;
  }
  return root;
}

/** The node and all below it, as a plan is read: from above. */
export function listNodes(node: PlanNode): PlanNode[] {
  return [node, ...node.children.flatMap(listNodes)];
}

export function isCostly({ ownCostRatio, measured }: PlanNode): boolean {
  return (measured ? measured.ownTimeRatio : ownCostRatio) >= costlyRatio;
}

export function isMisestimated({ measured }: PlanNode): boolean {
  return (measured?.misestimatedTimes ?? 0) >= misestimatedFrom;
}

/** For example: Index Scan on shifts using shifts_pkey. */
export function describeNode({ kind, relation, index }: PlanNode): string {
  return [kind, relation && `on ${relation}`, index && `using ${index}`].filter(Boolean).join(" ");
}

function toNode(plan: Json): PlanNode {
  const children = (Array.isArray(plan.Plans) ? plan.Plans : []).filter(isJson).map(toNode);
  const totalCost = numberOf(plan["Total Cost"]);
  const relation = textOf(plan["Relation Name"]) ?? textOf(plan["CTE Name"]) ?? textOf(plan["Function Name"]);
  const alias = textOf(plan.Alias);
  const subplan = textOf(plan["Subplan Name"]);
  return {
    kind: [plan["Parallel Aware"] === true && "Parallel", kindOf(plan), subplan && `(${subplan})`]
      .filter(Boolean)
      .join(" "),
    relation,
    alias: alias === relation ? null : alias,
    index: textOf(plan["Index Name"]),
    conditions: conditionLabels.flatMap((label) => {
      const value = plan[label];
      const text = Array.isArray(value) ? value.join(", ") : textOf(value);
      return text ? [{ label, text: maskLiterals(text) }] : [];
    }),
    totalCost,
    ownCost: Math.max(0, totalCost - sumOf(children.map((child) => child.totalCost))),
    ownCostRatio: 0,
    rows: numberOf(plan["Plan Rows"]),
    widthBytes: numberOf(plan["Plan Width"]),
    measured: toMeasured(plan, children),
    children,
  };
}

function kindOf(plan: Json): string {
  const kind = textOf(plan["Node Type"]) ?? "Unknown node";
  const join = textOf(plan["Join Type"]);
  if (kind === "ModifyTable") return textOf(plan.Operation) ?? kind;
  if (kind === "Aggregate") {
    const strategy = textOf(plan.Strategy);
    return strategy && strategy !== "Plain" ? `${strategy} ${kind}` : kind;
  }
  return join && join !== "Inner" ? kind.replace(/( Join)?$/, ` ${join} Join`) : kind;
}

function toMeasured(plan: Json, children: PlanNode[]): MeasuredNode | null {
  if (plan["Actual Loops"] === undefined) return null;
  const loops = numberOf(plan["Actual Loops"]);
  const rows = numberOf(plan["Actual Rows"]);
  const totalMilliseconds = numberOf(plan["Actual Total Time"]) * loops;
  const below = sumOf(children.map(({ measured }) => measured?.totalMilliseconds ?? 0));
  const [found, estimated] = [Math.max(1, rows), Math.max(1, numberOf(plan["Plan Rows"]))];
  return {
    loops,
    rows,
    totalMilliseconds,
    ownMilliseconds: Math.max(0, totalMilliseconds - below),
    ownTimeRatio: 0,
    misestimatedTimes: loops === 0 ? null : Math.max(found / estimated, estimated / found),
    hitBlocks: numberOf(plan["Shared Hit Blocks"]),
    readBlocks: numberOf(plan["Shared Read Blocks"]),
    temporaryBlocks: numberOf(plan["Temp Read Blocks"]) + numberOf(plan["Temp Written Blocks"]),
  };
}

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function numberOf(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
