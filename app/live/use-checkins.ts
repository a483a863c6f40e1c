import { useFetcher } from "@remix-run/react";
import { useEffect, useRef } from "react";

import { useLoad } from "~/ui/use-load";
import type { clientLoader } from "../routes/live.checkins.$shiftId";
import type { CheckinsOfShift } from "./checkins";
import { writeMoment } from "./time-travel/moment";

/**
 * The check-ins of one shift, of the present or as of `at`, read again when `version` becomes another; with
 * `isFollowed` the trail too. Null while they are on their way.
 */
export function useCheckins({
  shiftId,
  at,
  version,
  isFollowed = false,
}: {
  shiftId: number | null;
  at: Date | null;
  version: unknown;
  isFollowed?: boolean;
}): { checkins: CheckinsOfShift | null; failure: string | null } {
  const fetcher = useFetcher<typeof clientLoader>({ key: isFollowed ? "live-trail" : "live-checkins" });
  const load = useLoad(fetcher);
  const moment = at && writeMoment(at);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new board may have new check-ins.
  useEffect(() => {
    if (shiftId === null) return;
    const search = new URLSearchParams({ ...(moment && { at: moment }), ...(isFollowed && { follow: "1" }) });
    load(`/live/checkins/${shiftId}?${search}`);
  }, [shiftId, moment, version, isFollowed]);

  const known = useRef<CheckinsOfShift | null>(null);
  const brought = fetcher.data;
  if (brought && "answer" in brought) known.current = brought.answer;
  return {
    checkins: known.current?.shiftId === shiftId ? known.current : null,
    failure: brought && "failure" in brought ? brought.failure : null,
  };
}
