import { useSearchParams } from "@remix-run/react";
import { useCallback, useMemo } from "react";

import { useSearchChange } from "../use-search-change";
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
  const changeSearch = useSearchChange();
  const text = search.get("at");
  const at = useMemo(() => (text ? parseMoment(text) : null), [text]);
  const isPresent = at === null;

  const travel = useCallback(
    (to: Journey) => {
      changeSearch(
        (next) => {
          for (const name of ["at", "speed"]) next.delete(name);
          if (to.at) next.set("at", writeMoment(to.at));
          if (to.at && to.speed) next.set("speed", String(to.speed));
          return next;
        },
        isPresent ? "step" : "asked",
      );
    },
    [changeSearch, isPresent],
  );
  const tellMoment = useCallback(
    (to: Date) => {
      changeSearch((next) => {
        if (next.has("speed")) next.set("at", writeMoment(to));
        return next;
      }, "told");
    },
    [changeSearch],
  );
  return { at, speed: at ? readSpeed(search.get("speed")) : null, travel, tellMoment };
}
