import type { Position, Ring } from "./planar";

type ArcIndexes = number[] | ArcIndexes[];
type TopologyGeometry = { type: string; arcs?: ArcIndexes };
export type Topology = {
  transform: { scale: [number, number]; translate: [number, number] };
  arcs: [number, number][][];
  objects: Record<string, { geometries: TopologyGeometry[] }>;
};

/** Every arc of a quantized TopoJSON as degrees. */
export function decodeArcs({ arcs, transform }: Topology): Ring[] {
  const [scaleX, scaleY] = transform.scale;
  const [originX, originY] = transform.translate;
  return arcs.map((steps) => {
    let [x, y] = [0, 0];
    return steps.map(([dx, dy]): Position => {
      x += dx;
      y += dy;
      return [x * scaleX + originX, y * scaleY + originY];
    });
  });
}

/** The outer and inner rings of an object, each closed. */
export function listRings(topology: Topology, object: string): Ring[] {
  const arcs = decodeArcs(topology);
  return geometriesOf(topology, object).flatMap(({ arcs: indexes }) =>
    listLoops(indexes ?? []).map((loop) =>
      loop.flatMap((index, place) => {
        const arc = index < 0 ? [...(arcs[~index] ?? [])].reverse() : (arcs[index] ?? []);
        return place === 0 ? arc : arc.slice(1);
      }),
    ),
  );
}

/** The lines that two geometries of an object share: borders, without the coast. */
export function listSharedArcs(topology: Topology, object: string): Ring[] {
  const owners = new Map<number, Set<TopologyGeometry>>();
  for (const geometry of geometriesOf(topology, object)) {
    for (const index of listLoops(geometry.arcs ?? []).flat()) {
      const arc = index < 0 ? ~index : index;
      owners.set(arc, (owners.get(arc) ?? new Set()).add(geometry));
    }
  }
  const arcs = decodeArcs(topology);
  return [...owners].filter(([, geometries]) => geometries.size > 1).map(([index]) => arcs[index] ?? []);
}

function geometriesOf(topology: Topology, object: string): TopologyGeometry[] {
  return topology.objects[object]?.geometries ?? [];
}

function listLoops(indexes: ArcIndexes): number[][] {
  if (indexes.every((index) => typeof index === "number")) return [indexes as number[]];
  return (indexes as ArcIndexes[]).flatMap(listLoops);
}
