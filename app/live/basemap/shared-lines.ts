import type { Position, Ring } from "./planar";

/** The lines along which two of the polygons touch, for polygons that repeat each other's points exactly. */
export function listSharedLines(polygons: { name: string; rings: Ring[] }[]): Ring[] {
  const owners = new Map<string, { names: Set<string>; segment: [Position, Position] }>();
  for (const { name, rings } of polygons) {
    for (const ring of rings) {
      for (let index = 1; index < ring.length; index += 1) {
        const segment: [Position, Position] = [ring[index - 1] as Position, ring[index] as Position];
        const key = segment.map(keyOf).sort().join(" ");
        const known = owners.get(key) ?? { names: new Set(), segment };
        known.names.add(name);
        owners.set(key, known);
      }
    }
  }
  const shared = [...owners.values()].filter(({ names }) => names.size > 1).map(({ segment }) => segment);
  return chain(shared);
}

/** Joins segments end to end; a line stops where three or more meet. */
function chain(segments: [Position, Position][]): Ring[] {
  const meeting = new Map<string, number[]>();
  segments.forEach((segment, index) => {
    for (const point of segment) meeting.set(keyOf(point), [...(meeting.get(keyOf(point)) ?? []), index]);
  });
  const used = new Set<number>();
  const follow = (line: Ring): Ring => {
    for (;;) {
      const end = line.at(-1) as Position;
      const [next, ...others] = (meeting.get(keyOf(end)) ?? []).filter((index) => !used.has(index));
      if (next === undefined || others.length > 0) return line;
      used.add(next);
      const [from, to] = segments[next] as [Position, Position];
      line.push(keyOf(from) === keyOf(end) ? to : from);
    }
  };
  const lines: Ring[] = [];
  segments.forEach((segment, index) => {
    if (used.has(index)) return;
    used.add(index);
    lines.push(follow(follow([...segment]).reverse()));
  });
  return lines;
}

function keyOf([x, y]: Position): string {
  return `${x.toFixed(6)},${y.toFixed(6)}`;
}
