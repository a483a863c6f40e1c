import { type AlarmKind, rankOfKind } from "./alarm-kinds";

export type Groupable = {
  id: number;
  kind: AlarmKind;
  beganAt: Date;
  isAcknowledged: boolean;
  locationId: number | null;
  guardId: number | null;
};

/** Alarms that are read as one line: of one kind at one location, or of one guard; a single one is of neither. */
export type AlarmGroup<Alarm extends Groupable> = { by: "location" | "guard" | "none"; alarms: [Alarm, ...Alarm[]] };

/**
 * The worst first, within a kind what nobody has acknowledged, then what lasts longest. Two or more of one kind at
 * one location are one group, and what remains of one guard is another; each alarm stands in exactly one.
 */
export function groupAlarms<Alarm extends Groupable>(alarms: readonly Alarm[]): AlarmGroup<Alarm>[] {
  const sorted = [...alarms].sort(compareAlarms);
  const atLocation = gather(sorted, ({ kind, locationId }) => (locationId === null ? null : `${kind} ${locationId}`));
  const ofGuard = gather(
    sorted.filter((alarm) => !isGathered(atLocation, alarm)),
    ({ guardId }) => (guardId === null ? null : String(guardId)),
  );
  return sorted.flatMap((alarm): AlarmGroup<Alarm>[] => {
    for (const [by, groups] of [["location", atLocation] as const, ["guard", ofGuard] as const]) {
      const group = groups.find((one) => one.includes(alarm));
      if (group) return group[0] === alarm ? [{ by, alarms: group }] : [];
    }
    return [{ by: "none", alarms: [alarm] }];
  });
}

export function compareAlarms(one: Groupable, other: Groupable): number {
  return (
    rankOfKind(one.kind) - rankOfKind(other.kind) ||
    Number(one.isAcknowledged) - Number(other.isAcknowledged) ||
    +one.beganAt - +other.beganAt ||
    one.id - other.id
  );
}

/** Those of `alarms` that share a key with another, in their order. */
function gather<Alarm extends Groupable>(
  alarms: readonly Alarm[],
  keyOf: (alarm: Alarm) => string | null,
): [Alarm, ...Alarm[]][] {
  const groups = new Map<string, [Alarm, ...Alarm[]]>();
  for (const alarm of alarms) {
    const key = keyOf(alarm);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(alarm);
    else groups.set(key, [alarm]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

function isGathered<Alarm extends Groupable>(groups: readonly (readonly Alarm[])[], alarm: Alarm): boolean {
  return groups.some((group) => group.includes(alarm));
}
