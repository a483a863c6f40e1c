import { useLocation, useNavigate, useSearchParams } from "@remix-run/react";
import { useCallback, useMemo, useRef } from "react";

import { changeMapView, type MapView, readMapView } from "./map-view";

/** What the URL asks of the map, and how to ask for something else without a step of history. */
export function useMapView(): MapView & { change: (asked: Partial<MapView>) => void } {
  const [search] = useSearchParams();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const latest = useRef(search);
  latest.current = search;
  const change = useCallback(
    (asked: Partial<MapView>) => {
      const next = changeMapView(latest.current, asked);
      if (next.toString() === latest.current.toString()) return;
      navigate(`${pathname}?${next}`, { replace: true, preventScrollReset: true });
    },
    [navigate, pathname],
  );
  const view = useMemo(() => readMapView(search), [search]);
  return { ...view, change };
}
