import { StaleNotice } from "~/ui/stale-notice";
import { AgeChip } from "./age-chip";
import type { Board } from "./board";
import { LiveRoom } from "./live-room";
import { PastBanner } from "./time-travel/past-banner";
import { usePastBoard } from "./time-travel/use-past-board";
import { type Travel, useTravel } from "./time-travel/use-travel";
import { useBoard } from "./use-board";

/** The live room at the moment that the address names: the present, which goes on by itself, or one of the past. */
export function LivePage({ board }: { board: Board }) {
  const travel = useTravel();
  return travel.at ? <Then board={board} {...travel} at={travel.at} /> : <Now board={board} {...travel} />;
}

function Now({ board: initial, ...travel }: { board: Board } & Travel) {
  const { board, now, ageSeconds, freshness, failure } = useBoard(initial);
  const isLost = freshness === "lost";
  return (
    <LiveRoom
      {...travel}
      board={board}
      now={now}
      isDoubtful={isLost}
      age={<AgeChip asOf={board.asOf} ageSeconds={ageSeconds} freshness={freshness} />}
      notice={(failure || isLost) && <StaleNotice at={board.asOf} reason={failure ?? "No newer answer has come."} />}
    />
  );
}

function Then({ board: initial, ...travel }: { board: Board } & Travel & { at: Date }) {
  const { board, now, isWaiting, failure } = usePastBoard(initial, travel.at, travel);
  return (
    <LiveRoom
      {...travel}
      board={board}
      now={now}
      isDoubtful={isWaiting}
      banner={
        <PastBanner
          now={isWaiting ? travel.at : now}
          past={isWaiting ? null : board.past}
          failure={failure}
          onReturn={() => travel.travel({ at: null, speed: null })}
        />
      }
    />
  );
}
