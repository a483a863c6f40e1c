import { useFetcher } from "@remix-run/react";
import { useEffect, useMemo, useRef } from "react";

import { useLoad } from "~/ui/use-load";
import type { clientLoader } from "../routes/live.near";
import type { Distances } from "./board-filter";
import { type NearAnswer, readRadiusMeters, usualRadiusMeters } from "./near";

const againSeconds = 60;

export type Near = {
  /** What is asked for: `lng,lat` or `guard:<id>`. */
  asked: string;
  radiusMeters: number;
  /** Null while it is on its way, and where it could not be measured. */
  answer: NearAnswer | null;
  distances: Distances;
  /** One sentence: why nothing was measured; null where something was. */
  failure: string | null;
};

/**
 * The shifts near what the URL asks for, at the instant `at` or now; null where it asks for no place. Measured again
 * every minute: shifts come and guards move.
 */
export function useNear(asked: string | null, radius: string, at: string | null): Near | null {
  const fetcher = useFetcher<typeof clientLoader>({ key: "live-near" });
  const load = useLoad(fetcher);
  const minute = at && `${at.slice(0, 16)}:00Z`;
  const question = asked && new URLSearchParams({ near: asked, radius, ...(minute && { at: minute }) }).toString();

  useEffect(() => {
    if (!question) return;
    const measure = () => {
      if (document.visibilityState === "visible") load(`/live/near?${question}`);
    };
    measure();
    const timer = setInterval(measure, againSeconds * 1000);
    document.addEventListener("visibilitychange", measure);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", measure);
    };
  }, [question, load]);

  const radiusMeters = readRadiusMeters(radius) ?? usualRadiusMeters;
  const known = useRef<NearAnswer | null>(null);
  const brought = fetcher.data;
  if (brought && "answer" in brought) known.current = brought.answer;
  const answer = known.current?.asked === asked && known.current.radiusMeters === radiusMeters ? known.current : null;
  const distances = useMemo(() => answer && new Map(answer.distances), [answer]);
  if (!asked) return null;
  return { asked, radiusMeters, answer, distances, failure: brought && "failure" in brought ? brought.failure : null };
}
