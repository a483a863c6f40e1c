import { useFetcher } from "@remix-run/react";
import { useEffect, useRef } from "react";

import type { clientLoader } from "../routes/live.checkins.$shiftId";
import type { CheckinsOfShift } from "./checkins";

/** The check-ins of the selected shift, read again with every board; null while they are on their way. */
export function useCheckins(
  shiftId: number | null,
  asOf: Date,
): { trail: CheckinsOfShift | null; failure: string | null } {
  const fetcher = useFetcher<typeof clientLoader>({ key: "live-checkins" });
  const load = useRef(fetcher.load);
  load.current = fetcher.load;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new board may have new check-ins.
  useEffect(() => {
    if (shiftId !== null) load.current(`/live/checkins/${shiftId}`);
  }, [shiftId, asOf]);

  const known = useRef<CheckinsOfShift | null>(null);
  const brought = fetcher.data;
  if (brought && "answer" in brought) known.current = brought.answer;
  return {
    trail: known.current?.shiftId === shiftId ? known.current : null,
    failure: brought && "failure" in brought ? brought.failure : null,
  };
}
