export type Position = [longitude: number, latitude: number];
export type Ring = Position[];
export type Box = { west: number; south: number; east: number; north: number };

/** Sutherland-Hodgman: the part of a closed ring within a box, closed again, or an empty ring. */
export function clipRing(ring: Ring, { west, south, east, north }: Box): Ring {
  let points = ring.slice(0, -1);
  const edges: [(point: Position) => boolean, (from: Position, to: Position) => Position][] = [
    [([x]) => x >= west, (from, to) => atLongitude(from, to, west)],
    [([x]) => x <= east, (from, to) => atLongitude(from, to, east)],
    [([, y]) => y >= south, (from, to) => atLatitude(from, to, south)],
    [([, y]) => y <= north, (from, to) => atLatitude(from, to, north)],
  ];
  for (const [isInside, cross] of edges) {
    points = points.flatMap((point, index) => {
      const previous = points.at(index - 1) as Position;
      if (isInside(point)) return isInside(previous) ? [point] : [cross(previous, point), point];
      return isInside(previous) ? [cross(previous, point)] : [];
    });
  }
  const [first] = points;
  return first && points.length >= 3 ? [...points, first] : [];
}

function atLongitude([x1, y1]: Position, [x2, y2]: Position, x: number): Position {
  return [x, y1 + ((y2 - y1) * (x - x1)) / (x2 - x1)];
}

function atLatitude([x1, y1]: Position, [x2, y2]: Position, y: number): Position {
  return [x1 + ((x2 - x1) * (y - y1)) / (y2 - y1), y];
}

const kilometersPerDegree = 111.2;

/** Of a closed ring; good to a percent at the latitude of the Netherlands. */
export function areaSquareKilometers(ring: Ring): number {
  let twice = 0;
  for (let index = 1; index < ring.length; index += 1) {
    const [x1, y1] = ring[index - 1] as Position;
    const [x2, y2] = ring[index] as Position;
    twice += x1 * y2 - x2 * y1;
  }
  const latitude = ring[0]?.[1] ?? 0;
  return (Math.abs(twice) / 2) * kilometersPerDegree ** 2 * Math.cos((latitude * Math.PI) / 180);
}

export function touches(ring: Ring, box: Box): boolean {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of ring) {
    west = Math.min(west, x);
    east = Math.max(east, x);
    south = Math.min(south, y);
    north = Math.max(north, y);
  }
  return west <= box.east && east >= box.west && south <= box.north && north >= box.south;
}

/** Rounded to `digits` decimals; points that then repeat their predecessor are dropped. */
export function roundRing(ring: Ring, digits: number): Ring {
  const rounded = ring.map(([x, y]): Position => [Number(x.toFixed(digits)), Number(y.toFixed(digits))]);
  return rounded.filter(([x, y], index) => {
    const previous = rounded[index - 1];
    return !previous || previous[0] !== x || previous[1] !== y;
  });
}

/** Douglas-Peucker, in degrees. The ends stay. */
export function simplifyLine(line: Ring, toleranceDegrees: number): Ring {
  const kept = new Set([0, line.length - 1]);
  const pending: [number, number][] = [[0, line.length - 1]];
  for (let span = pending.pop(); span; span = pending.pop()) {
    const [from, to] = span;
    let [farthest, index] = [0, -1];
    for (let at = from + 1; at < to; at += 1) {
      const offset = offsetFrom(line[at] as Position, line[from] as Position, line[to] as Position);
      if (offset > farthest) [farthest, index] = [offset, at];
    }
    if (farthest <= toleranceDegrees) continue;
    kept.add(index);
    pending.push([from, index], [index, to]);
  }
  return line.filter((_, index) => kept.has(index));
}

function offsetFrom([x, y]: Position, [x1, y1]: Position, [x2, y2]: Position): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / length));
  return Math.hypot(x - x1 - share * dx, y - y1 - share * dy);
}
