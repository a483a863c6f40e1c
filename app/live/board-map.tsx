import { lazy, Suspense, useState } from "react";

import { useIsHydrated } from "~/ui/clock";
import { formatAge } from "~/ui/format";
import type { JudgedShift } from "./board";
import type { BoardView } from "./board-view";
import type { CheckinsOfShift } from "./checkins";
import { useMapView } from "./use-map-view";
import { useThemeLook } from "./use-theme-look";

const LiveMap = lazy(() => import("./map/live-map.client"));
const ClusterList = lazy(() => import("./cluster-list"));

/** The map of what the list shows, loaded apart, and the shifts of a cluster that was opened. */
export function BoardMap({
  view,
  now,
  lastPosition,
  trail,
}: {
  view: BoardView;
  now: Date;
  lastPosition: CheckinsOfShift["lastPosition"];
  /** Of the guard who is followed. */
  trail: CheckinsOfShift["trail"];
}) {
  const [cluster, setCluster] = useState<ReadonlySet<number>>(new Set());
  const isHydrated = useIsHydrated();
  const theme = useThemeLook();
  const mapView = useMapView();
  const inCluster = view.shown.filter(({ shift }) => cluster.has(shift.id));
  const select = (shiftId: number) => view.change({ shiftId });
  return (
    <>
      {isHydrated && (
        <Suspense fallback={<MapIsComing />}>
          <LiveMap
            judged={view.shown}
            selected={view.selected}
            lastPosition={lastPosition}
            trail={trail}
            near={view.near?.answer ?? null}
            noteOf={(one) => noteUnder(one, now)}
            theme={theme}
            now={now}
            isPast={view.isPast}
            mapView={mapView}
            onNear={(near) => view.change({ near, radius: "2000" })}
            onSelect={select}
            onOpenCluster={(shiftIds) => setCluster(new Set(shiftIds))}
          />
        </Suspense>
      )}
      {inCluster.length > 0 && (
        <Suspense>
          <ClusterList judged={inCluster} now={now} onSelect={select} onClose={() => setCluster(new Set())} />
        </Suspense>
      )}
    </>
  );
}

function MapIsComing() {
  return <p className="absolute inset-0 grid place-items-center text-muted">Loading the map</p>;
}

/** What was not heard of carries its age, so that an old position never looks like a fresh one. */
function noteUnder({ shift, state }: JudgedShift, now: Date): string {
  const seenAt = shift.presence.last?.at ?? shift.arrivedAt;
  return (state === "stale" || state === "unobserved") && seenAt
    ? formatAge((now.getTime() - seenAt.getTime()) / 1000)
    : "";
}
