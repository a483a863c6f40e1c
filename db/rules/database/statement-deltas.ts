/** Counters of one statement of one user, as pg_stat_statements holds them. Each only grows until it is reset. */
export type StatementCounters = {
  queryId: string;
  userName: string;
  calls: number;
  execMilliseconds: number;
  rows: number;
  readBlocks: number;
  temporaryBlocks: number;
  walBytes: number;
};

export const counterNames = [
  "calls",
  "execMilliseconds",
  "rows",
  "readBlocks",
  "temporaryBlocks",
  "walBytes",
] as const satisfies readonly (keyof StatementCounters)[];

export function statementKey({ queryId, userName }: Pick<StatementCounters, "queryId" | "userName">): string {
  return `${queryId} ${userName}`;
}

/**
 * What happened between two complete readings. A statement that was not there before, or one of whose counters fell,
 * entered the statistics since: by a first call, after an eviction or a reset. All it holds was counted since then, so
 * that is its delta, which may be less than what happened and is never more. Statements without calls are left out.
 */
export function toStatementDeltas(
  before: readonly StatementCounters[],
  now: readonly StatementCounters[],
): StatementCounters[] {
  const known = new Map(before.map((one) => [statementKey(one), one]));
  return now.flatMap((one) => {
    const last = known.get(statementKey(one));
    const hasFallen = last && counterNames.some((name) => one[name] < last[name]);
    const base = hasFallen ? undefined : last;
    const delta = { ...one };
    for (const name of counterNames) delta[name] = one[name] - (base?.[name] ?? 0);
    return delta.calls > 0 ? [delta] : [];
  });
}
