/** What a plan asks of one table, as far as a btree can answer it. Names of columns as the table has them. */
export type Predicates = {
  schema: string;
  table: string;
  /** Compared with a value by =, is null, or a boolean by itself. */
  equal: string[];
  /** Compared by = with a column of another table. */
  joined: string[];
  /** Compared with a value by <, <=, > or >=. */
  ranges: string[];
  /** Sorted by, first first. */
  order: IndexColumn[];
};

export type IndexColumn = {
  name: string;
  /** For example ` desc nulls last`; empty where an index without it serves as well. */
  direction: string;
};

/** An index is advised only where the planner's cost of the statement falls by this share of it, or more. */
export const leastGainRatio = 0.2;
const mostColumns = 4;
const mostCandidates = 8;

/**
 * The column lists worth trying for one table, without those that an index of `known` begins with: equality first,
 * then one range or the order.
 */
export function listCandidates(predicates: Predicates, known: readonly string[][]): IndexColumn[][] {
  const { equal, joined, ranges, order } = predicates;
  const plain = (names: readonly string[]) => [...new Set(names)].map((name) => ({ name, direction: "" }));
  const bases = [plain(equal), plain([...joined, ...equal]), plain(joined)];
  const lists = bases.flatMap((base) => [
    [...base, ...order.filter(({ name }) => !base.some((one) => one.name === name))],
    ...ranges.map((name) => [...base.filter((one) => one.name !== name), { name, direction: "" }]),
    base,
  ]);
  const seen = new Set<string>();
  return lists
    .map((columns) => columns.slice(0, mostColumns))
    .filter((columns) => {
      const key = columns.map(({ name, direction }) => name + direction).join(", ");
      if (key === "" || seen.has(key)) return false;
      seen.add(key);
      return !known.some((index) => beginsWith(index, columns));
    })
    .slice(0, mostCandidates);
}

function beginsWith(index: readonly string[], columns: readonly IndexColumn[]): boolean {
  return columns.every(({ name, direction }, position) => direction === "" && index[position] === name);
}

/** As the migrations name them; at most 63 characters. */
export function indexName(table: string, columns: readonly IndexColumn[]): string {
  const name = [table, ...columns.map((column) => column.name)].join("_");
  return `${name.slice(0, 59)}_idx`;
}

/** Those that no other beats in both what they save and what they weigh, cheapest statement first. */
export function withoutBeaten<Advised extends { costAfter: number; sizeBytes: number }>(advised: Advised[]): Advised[] {
  const sorted = [...advised].sort((one, other) => one.costAfter - other.costAfter || one.sizeBytes - other.sizeBytes);
  return sorted.filter((one, place) => sorted.slice(0, place).every((better) => better.sizeBytes > one.sizeBytes));
}
