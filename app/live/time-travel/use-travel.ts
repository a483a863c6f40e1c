import { useNavigate, useSearchParams } from "@remix-run/react";
import { useCallback, useMemo } from "react";

import { parseMoment, writeMoment } from "./moment";
import { readSpeed, type Speed } from "./playback";

export type Journey = {
  /** Null in the present. */
  at: Date | null;
  /** Null while nothing plays. */
  speed: Speed | null;
};

export type Travel = Journey & {
  travel: (to: Journey) => void;
  /** Tells the address how far a journey is that plays. One that was paused or left meanwhile stays so. */
  tellMoment: (at: Date) => void;
};

/** The moment that the address names and how fast it plays, and the way to another. Leaving the present is a step back. */
export function useTravel(): Travel {
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const text = search.get("at");
  const at = useMemo(() => (text ? parseMoment(text) : null), [text]);
  const isPresent = at === null;

  const travel = useCallback(
    (to: Journey) => {
      const next = new URLSearchParams(window.location.search);
      for (const name of ["at", "speed"]) next.delete(name);
      if (to.at) next.set("at", writeMoment(to.at));
      if (to.at && to.speed) next.set("speed", String(to.speed));
      navigate(`${window.location.pathname}?${next}`, { replace: !isPresent, preventScrollReset: true });
    },
    [navigate, isPresent],
  );
  const tellMoment = useCallback(
    (to: Date) => {
      // The address is ahead of the drawing, which may still play what was paused.
      const next = new URLSearchParams(window.location.search);
      if (!next.has("speed")) return;
      next.set("at", writeMoment(to));
      navigate(`${window.location.pathname}?${next}`, { replace: true, preventScrollReset: true });
    },
    [navigate],
  );
  return { at, speed: at ? readSpeed(search.get("speed")) : null, travel, tellMoment };
}
