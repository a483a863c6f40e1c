import { clsx } from "clsx";
import { Map as MapIcon } from "lucide-react";
import { useState } from "react";

import { Button } from "~/ui/button";
import { StaleNotice } from "~/ui/stale-notice";
import { AgeChip } from "./age-chip";
import type { Board } from "./board";
import { BoardMap } from "./board-map";
import { BoardSearch } from "./board-search";
import { useBoardView } from "./board-view";
import { Feed } from "./feed/feed";
import { ListTabs, useListTab } from "./feed/list-tabs";
import { ShiftList } from "./shift-list";
import { ShiftPanel } from "./shift-panel";
import { useBoard } from "./use-board";
import { useCheckins } from "./use-checkins";
import { useEscape } from "./use-escape";

/** The live room: the shifts within two hours of now, as a list and on a map, both drawn from one board. */
export function LivePage({ board: initial }: { board: Board }) {
  const { board, now, ageSeconds, freshness, failure } = useBoard(initial);
  const view = useBoardView(board.shifts, now);
  const { trail, failure: trailFailure } = useCheckins(view.selectedId, board.asOf);
  const tab = useListTab();
  const [isMapOpen, setIsMapOpen] = useState(true);
  useEscape(() => view.selectedId !== null && view.change({ shiftId: null }));
  const isLost = freshness === "lost";

  return (
    <div className="flex flex-col md:grid md:h-dvh md:grid-cols-[minmax(22rem,30rem)_minmax(0,1fr)]">
      <div className="flex min-h-0 flex-col border-line md:border-r">
        <header className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 pt-3">
          <h1 tabIndex={-1} className="text-xl font-semibold tracking-tight">
            Live
          </h1>
          <span className="text-muted">
            {view.shown.length} of {board.shifts.length} shifts
          </span>
          <span className="ml-auto">
            <AgeChip asOf={board.asOf} ageSeconds={ageSeconds} freshness={freshness} />
          </span>
        </header>
        {(failure || isLost) && (
          <div className="px-3 pt-2">
            <StaleNotice at={board.asOf} reason={failure ?? "No newer answer has come."} />
          </div>
        )}
        <ListTabs now={now} />
        {tab === "shifts" ? (
          <>
            <BoardSearch view={view} />
            <div
              className={clsx("flex min-h-0 flex-1 flex-col max-md:order-last", isLost && "opacity-60 grayscale")}
              data-lost={isLost || undefined}
            >
              <ShiftList view={view} now={now} />
            </div>
          </>
        ) : (
          <div className="min-h-0 flex-1 md:overflow-y-auto">
            <Feed now={now} selectedId={view.selectedId} hrefOf={(shiftId) => view.hrefWith({ shiftId })} />
          </div>
        )}
      </div>
      <div className="relative flex min-h-0 flex-col max-md:order-first">
        <div
          className={clsx(
            "relative min-h-0 flex-1 overflow-hidden bg-sunken max-md:flex-none",
            isMapOpen ? "max-md:h-[44dvh]" : "max-md:hidden",
            isLost && "opacity-60 grayscale",
          )}
        >
          <BoardMap view={view} now={now} lastPosition={trail?.lastPosition ?? null} />
        </div>
        <Button
          tone="quiet"
          className="w-full rounded-none border-x-0 border-y border-y-line md:hidden"
          aria-expanded={isMapOpen}
          onClick={() => setIsMapOpen(!isMapOpen)}
        >
          <MapIcon /> {isMapOpen ? "Hide the map" : "Show the map"}
        </Button>
        {view.selectedId !== null && (
          <div className="z-20 overflow-y-auto border-line bg-raised shadow-overlay max-md:fixed max-md:inset-x-0 max-md:bottom-14 max-md:max-h-[62dvh] max-md:rounded-t-xl max-md:border-t md:absolute md:inset-y-3 md:right-3 md:w-84 md:rounded-lg md:border">
            <ShiftPanel
              key={view.selectedId}
              shiftId={view.selectedId}
              judged={view.selected}
              now={now}
              checkins={trail?.checkins ?? null}
              failure={trailFailure}
              onClose={() => view.change({ shiftId: null })}
            />
          </div>
        )}
      </div>
    </div>
  );
}
