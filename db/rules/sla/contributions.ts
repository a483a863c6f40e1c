/** Cases of a group, and how many of them are hits. */
export type Cases = { hits: number; of: number };

export type Contribution<Group> = Group & {
  /** Ratio; null where without it nothing is counted. */
  moved: number | null;
};

/**
 * What each group did to a share: its present value less what it would be had this group alone kept its hits and cases
 * of before. The greatest first. Groups that change at once do not add up to the whole change; `rest` is what is left of
 * it. Null where nothing is counted before or now.
 */
export function tellContributions<Group extends { current: Cases; previous: Cases }>(
  groups: readonly Group[],
): { change: number | null; rest: number | null; groups: Contribution<Group>[] } {
  const now = sum(groups.map(({ current }) => current));
  const before = sum(groups.map(({ previous }) => previous));
  const [share, shareBefore] = [ratio(now), ratio(before)];
  const change = share === null || shareBefore === null ? null : share - shareBefore;
  const told = groups.map((group) => {
    const { current, previous } = group;
    const kept = ratio({
      hits: now.hits - current.hits + previous.hits,
      of: now.of - current.of + previous.of,
    });
    return { ...group, moved: change === null || share === null || kept === null ? null : share - kept };
  });
  const together = told.reduce((total, { moved }) => total + (moved ?? 0), 0);
  return {
    change,
    rest: change === null ? null : change - together,
    groups: told.sort((one, other) => Math.abs(other.moved ?? 0) - Math.abs(one.moved ?? 0)),
  };
}

function sum(all: readonly Cases[]): Cases {
  return all.reduce((total, { hits, of }) => ({ hits: total.hits + hits, of: total.of + of }), { hits: 0, of: 0 });
}

function ratio({ hits, of }: Cases): number | null {
  return of === 0 ? null : hits / of;
}
