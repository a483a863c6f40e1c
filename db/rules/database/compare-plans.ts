import { describeNode, listNodes, type PlanNode } from "./plan-tree";

export type PlanComparison = {
  /** Steps that only the former plan had, and only the latter has; one that stands twice is named twice. */
  gone: string[];
  come: string[];
  goneIndexes: string[];
  comeIndexes: string[];
  keptSteps: number;
  formerCost: number;
  latterCost: number;
};

/** What changed from one plan of a statement to another. */
export function comparePlans(former: PlanNode, latter: PlanNode): PlanComparison {
  const [before, after] = [listNodes(former), listNodes(latter)];
  const gone = without(before.map(describeNode), after.map(describeNode));
  return {
    gone,
    come: without(after.map(describeNode), before.map(describeNode)),
    goneIndexes: without(indexesOf(before), indexesOf(after)),
    comeIndexes: without(indexesOf(after), indexesOf(before)),
    keptSteps: before.length - gone.length,
    formerCost: former.totalCost,
    latterCost: latter.totalCost,
  };
}

/** What makes two plans the same plan: steps, relations, indexes and conditions, and neither costs nor rows. */
export function shapeOf(node: PlanNode): string {
  const conditions = node.conditions.map(({ label, text }) => `${label}: ${withoutValues(text)}`).join("; ");
  return `${describeNode(node)} [${conditions}] (${node.children.map(shapeOf).join(", ")})`;
}

/** A parameter and the constant that was given for it are the same. */
function withoutValues(condition: string): string {
  return condition.replaceAll(
    /(?:\$\d+|…)(?:::[a-z_]+(?: (?:varying|precision|with(?:out)? time zone))?(?:\[\])?)?/g,
    "?",
  );
}

function indexesOf(nodes: readonly PlanNode[]): string[] {
  return [...new Set(nodes.flatMap(({ index }) => (index ? [index] : [])))];
}

function without(all: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return all.filter((one) => {
    const at = left.indexOf(one);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
}
