import { ringAround, verdictColours } from "../trail";
import type { EvidenceRead } from "./read-evidence.server";

type Plot = Pick<EvidenceRead, "fence" | "positions">;

const size = 400;
const radiusOnPlot = size * 0.32;

/** The fence from above with the positions in their order, north up; those far away stand at the edge. It needs no map. */
export function TrailPlot({ fence, positions }: Plot) {
  const place = placer(fence);
  const dots = positions.map(({ id, verdict, point }) => ({ id, verdict, ...place(point) }));
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={`${positions.length} ${positions.length === 1 ? "position" : "positions"} around the post, whose fence is ${fence.radiusMeters} m`}
      className="block aspect-square w-full max-w-md rounded-md border border-line bg-raised"
    >
      <circle
        cx={size / 2}
        cy={size / 2}
        r={radiusOnPlot}
        fill="none"
        stroke="var(--ink)"
        strokeWidth="1.5"
        strokeDasharray="6 4"
      />
      <path
        d={`M${size / 2 - 5} ${size / 2}h10M${size / 2} ${size / 2 - 5}v10`}
        stroke="var(--ink)"
        strokeWidth="1.5"
        fill="none"
      />
      <polyline
        points={dots.map(({ x, y }) => `${x},${y}`).join(" ")}
        fill="none"
        stroke="var(--muted)"
        strokeWidth="0.75"
      />
      {dots.map(({ id, verdict, x, y }) => (
        <circle
          key={id}
          cx={x}
          cy={y}
          r="4"
          fill={verdict === "uncertain" ? "none" : verdictColours[verdict]}
          stroke={verdictColours[verdict]}
          strokeWidth="2"
        />
      ))}
      <path d={`M16 ${size - 16}h${radiusOnPlot}`} stroke="var(--ink)" strokeWidth="2" />
      <text x="16" y={size - 24} fontSize="13" fill="var(--ink)">
        {fence.radiusMeters} m
      </text>
    </svg>
  );
}

/** Where a point lies on the plot, its edge where it is farther away than that. */
function placer(fence: Plot["fence"]) {
  const ring = ringAround(fence, fence.radiusMeters);
  const degreesNorth = Math.max(...ring.map(([, latitude]) => latitude)) - fence.latitude;
  const degreesEast = Math.max(...ring.map(([longitude]) => longitude)) - fence.longitude;
  const onPlot = (offset: number) => Math.round(10 * Math.min(size - 6, Math.max(6, size / 2 + offset))) / 10;
  return ({ longitude, latitude }: { longitude: number; latitude: number }) => ({
    x: onPlot((radiusOnPlot * (longitude - fence.longitude)) / degreesEast),
    y: onPlot((-radiusOnPlot * (latitude - fence.latitude)) / degreesNorth),
  });
}
