import { useMemo } from "react";

import { StaleNotice } from "~/ui/stale-notice";
import { AgeChip } from "./age-chip";
import type { Board } from "./board";
import { LiveRoom } from "./live-room";
import { PastBanner } from "./time-travel/past-banner";
import { usePastBoard } from "./time-travel/use-past-board";
import { useTravel } from "./time-travel/use-travel";
import { useBoard } from "./use-board";

/** The live room at the moment that the address names: the present, which goes on by itself, or one of the past. */
export function LivePage({ board: initial }: { board: Board }) {
  const travel = useTravel();
  const isPast = travel.at !== null;
  const still = useMemo(() => (isPast ? { ...initial, cursor: null } : initial), [initial, isPast]);
  const live = useBoard(still);
  const past = usePastBoard(initial, travel);
  if (isPast) {
    return (
      <LiveRoom
        {...travel}
        board={past.board}
        now={past.now}
        moment={past.moment}
        isDoubtful={past.isWaiting}
        banner={
          <PastBanner
            now={past.moment}
            past={past.isWaiting ? null : past.board.past}
            failure={past.failure}
            onReturn={() => travel.travel({ at: null, speed: null })}
          />
        }
      />
    );
  }
  // The first sight of the present after a journey: what the reading holds is still of the past.
  const { board, now } = live.board.past ? { board: initial, now: initial.asOf } : live;
  const isLost = live.freshness === "lost";
  return (
    <LiveRoom
      {...travel}
      board={board}
      now={now}
      moment={now}
      isDoubtful={isLost}
      age={<AgeChip asOf={live.heardAt} ageSeconds={live.ageSeconds} freshness={live.freshness} />}
      notice={
        (live.failure || isLost) && (
          <StaleNotice at={live.heardAt} reason={live.failure ?? "No newer answer has come."} />
        )
      }
    />
  );
}
