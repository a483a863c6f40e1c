import { History } from "lucide-react";
import { lazy, useCallback, useState } from "react";

import { Button } from "~/ui/button";
import { Deferred } from "~/ui/deferred";
import { LoadingState } from "~/ui/loading-state";
import { clampMoment } from "./moment";
import type { Speed } from "./playback";
import type { Travel } from "./use-travel";
import { useTravelKeys } from "./use-travel-keys";

const TimeControls = lazy(() => import("./time-controls"));

/** Where and how fast the board travels: two weeks, one day, steps, a typed moment, and the way back. */
export function TimeBar({
  at,
  now,
  speed,
  travel,
  marks,
  isWaiting,
}: {
  /** Null in the present. */
  at: Date | null;
  /** The moment that is viewed. */
  now: Date;
  speed: Speed | null;
  travel: Travel["travel"];
  marks: readonly Date[];
  isWaiting: boolean;
}) {
  const [focusedBy, setFocusedBy] = useState(0);
  const [isOpened, setIsOpened] = useState(false);
  const isOpen = at !== null || isOpened;
  const open = () => {
    setIsOpened(true);
    setFocusedBy((times) => times + 1);
  };
  const go = useCallback(
    (moment: Date) => {
      const latest = new Date();
      const isArrived = moment.getTime() >= latest.getTime() - 1000;
      travel(isArrived ? { at: null, speed: null } : { at: clampMoment(moment, latest), speed: null });
    },
    [travel],
  );
  const step = (seconds: number) => go(new Date(now.getTime() + seconds * 1000));
  const play = (chosen: Speed | null) => at && travel({ at: now, speed: chosen });
  useTravelKeys({ at, speed, onStep: step, onPlay: play, onOpen: open });

  if (!isOpen) {
    return (
      <Button
        tone="quiet"
        className="w-full rounded-none border-x-0 border-b-0 border-t-line"
        aria-keyshortcuts="t"
        onClick={open}
      >
        <History /> Look at another moment
      </Button>
    );
  }
  return (
    <Deferred fallback={<LoadingState label="the time" rows={2} />}>
      <TimeControls
        {...{ at, now, speed, marks, isWaiting, focusedBy }}
        onGo={go}
        onStep={step}
        onPlay={play}
        onClose={() => setIsOpened(false)}
      />
    </Deferred>
  );
}
