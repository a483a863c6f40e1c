import { useFetcher } from "@remix-run/react";
import { useEffect, useRef } from "react";

import { useLoad } from "~/ui/use-load";
import type { clientLoader } from "../routes/live.detail.$shiftId";
import type { DetailOfShift } from "./checkins";
import { writeMoment } from "./time-travel/moment";

export type DetailReading = {
  /** Undefined while it is on its way; null for a shift that is not on the board. */
  detail: DetailOfShift | null | undefined;
  failure: string | null;
};

/** What the board does not carry of the selected shift, read again when `version` becomes another. */
export function useDetail(shiftId: number | null, at: Date | null, version: unknown): DetailReading {
  const fetcher = useFetcher<typeof clientLoader>({ key: "live-detail" });
  const load = useLoad(fetcher);
  const moment = at && writeMoment(at);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what changed on the board may have changed here.
  useEffect(() => {
    if (shiftId !== null) load(`/live/detail/${shiftId}${moment ? `?at=${moment}` : ""}`);
  }, [shiftId, moment, version]);

  const known = useRef<{ shiftId: number; detail: DetailOfShift | null } | null>(null);
  const brought = fetcher.data;
  if (brought && "answer" in brought) known.current = brought.answer;
  return {
    detail: known.current?.shiftId === shiftId ? known.current.detail : undefined,
    failure: brought && "failure" in brought ? brought.failure : null,
  };
}
