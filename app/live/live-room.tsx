import { clsx } from "clsx";
import { Map as MapIcon } from "lucide-react";
import { lazy, type ReactNode, useState } from "react";

import { Button } from "~/ui/button";
import { Deferred } from "~/ui/deferred";
import { LoadingState } from "~/ui/loading-state";
import type { Board } from "./board";
import { BoardMap } from "./board-map";
import { BoardSearch } from "./board-search";
import { useBoardView } from "./board-view";
import { ListTabs, useListTab } from "./feed/list-tabs";
import { ShiftList } from "./shift-list";
import { TimeBar } from "./time-travel/time-bar";
import { useFollow } from "./time-travel/use-follow";
import type { Journey, Travel } from "./time-travel/use-travel";
import { useCheckins } from "./use-checkins";
import { useDetail } from "./use-detail";
import { useEscape } from "./use-escape";

const Feed = lazy(() => import("./feed/feed"));
const ShiftPanel = lazy(() => import("./shift-panel"));

/** Everything of the room at one moment: the shifts within two hours of it as a list and on a map, from one board. */
export function LiveRoom({
  board,
  now,
  moment,
  at,
  speed,
  travel,
  isDoubtful,
  age,
  notice,
  banner,
}: {
  board: Board;
  /** The moment of what is shown. */
  now: Date;
  /** The moment that is asked for. */
  moment: Date;
  /** What is shown is not of the moment that it should be of: it greys. */
  isDoubtful: boolean;
  age?: ReactNode;
  notice?: ReactNode;
  banner?: ReactNode;
} & Journey &
  Pick<Travel, "travel">) {
  const view = useBoardView(board.shifts, now);
  const { followedId, follow } = useFollow();
  const viewedAt = at && board.asOf;
  const selected = view.selected?.shift ?? null;
  const reading = useDetail(view.selectedId, viewedAt, selected);
  const { checkins, failure: checkinsFailure } = useCheckins({
    ...{ shiftId: view.selectedId, at: viewedAt, version: selected },
  });
  const { checkins: followed } = useCheckins({
    ...{ shiftId: followedId, at: viewedAt, isFollowed: true },
    version: followedId === null ? null : view.byId.get(followedId)?.shift,
  });
  const asked = useListTab();
  const tab = at ? "shifts" : asked;
  const [isMapOpen, setIsMapOpen] = useState(true);
  useEscape(() => {
    if (view.selectedId !== null) view.change({ shiftId: null });
    else if (at) travel({ at: null, speed: null });
  });

  return (
    <div
      className={clsx(
        "relative flex flex-col md:grid md:h-dvh md:grid-cols-[minmax(22rem,30rem)_minmax(0,1fr)] md:grid-rows-[auto_minmax(0,1fr)]",
        at && "md:border-4 md:border-accent-fill",
      )}
    >
      {banner && <div className="sticky top-0 z-30 max-md:order-first md:static md:col-span-2">{banner}</div>}
      <div className="flex min-h-0 flex-col border-line md:row-start-2 md:border-r">
        <header className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 pt-3">
          <h1 tabIndex={-1} className="text-xl font-semibold tracking-tight">
            Live
          </h1>
          <span className="text-muted">
            {view.shown.length} of {board.shifts.length} shifts
          </span>
          <span className="ml-auto">{age}</span>
        </header>
        {notice && <div className="px-3 pt-2">{notice}</div>}
        {!at && <ListTabs now={now} />}
        {tab === "shifts" ? (
          <>
            <BoardSearch view={view} />
            <div
              className={clsx("flex min-h-0 flex-1 flex-col max-md:order-last", isDoubtful && "opacity-60 grayscale")}
              data-lost={isDoubtful || undefined}
            >
              <ShiftList view={view} now={now} />
            </div>
          </>
        ) : (
          <div className="min-h-0 flex-1 md:overflow-y-auto">
            <Deferred fallback={<LoadingState label="events" />}>
              <Feed now={now} selectedId={view.selectedId} hrefOf={(shiftId) => view.hrefWith({ shiftId })} />
            </Deferred>
          </div>
        )}
      </div>
      <div className="relative flex min-h-0 flex-col max-md:order-first md:row-start-2">
        <div className="relative flex min-h-0 flex-1 flex-col max-md:flex-none">
          <div
            className={clsx(
              "relative min-h-0 flex-1 overflow-hidden bg-sunken max-md:flex-none",
              isMapOpen ? "max-md:h-[44dvh]" : "max-md:hidden",
              isDoubtful && "opacity-60 grayscale",
            )}
          >
            <BoardMap
              view={view}
              now={now}
              lastPosition={checkins?.lastPosition ?? null}
              trail={followed?.trail ?? null}
            />
          </div>
          {view.selectedId !== null && (
            <div className="z-20 overflow-y-auto border-line bg-raised shadow-overlay max-md:fixed max-md:inset-x-0 max-md:bottom-14 max-md:max-h-[62dvh] max-md:rounded-t-xl max-md:border-t md:absolute md:inset-y-3 md:right-3 md:w-84 md:rounded-lg md:border">
              <Deferred fallback={<LoadingState label="the shift" />}>
                <ShiftPanel
                  key={view.selectedId}
                  shiftId={view.selectedId}
                  judged={view.selected}
                  now={now}
                  checkins={checkins}
                  checkinsFailure={checkinsFailure}
                  reading={reading}
                  isFollowed={followedId === view.selectedId}
                  onFollow={(isFollowed) => follow(isFollowed ? view.selectedId : null)}
                  onClose={() => view.change({ shiftId: null })}
                />
              </Deferred>
            </div>
          )}
        </div>
        <Button
          tone="quiet"
          className="w-full rounded-none border-x-0 border-y border-y-line md:hidden"
          aria-expanded={isMapOpen}
          onClick={() => setIsMapOpen(!isMapOpen)}
        >
          <MapIcon /> {isMapOpen ? "Hide the map" : "Show the map"}
        </Button>
        <TimeBar
          {...{ at, speed, travel }}
          now={moment}
          isWaiting={at !== null && isDoubtful}
          marks={(checkins?.checkins ?? []).map(({ createdAt }) => createdAt)}
        />
      </div>
    </div>
  );
}
