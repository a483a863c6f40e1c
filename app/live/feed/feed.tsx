import { Link } from "@remix-run/react";

import { EmptyState } from "~/ui/empty-state";
import { AlarmList } from "./alarm-list";
import { alarmsPath, unobservedPath } from "./alarms-path";
import { AnswerForm } from "./answer-form";
import { EndedList } from "./ended-list";
import { sortFeed } from "./sort-feed";
import { useAlarms } from "./use-alarms";
import { WatchNotice } from "./watch-notice";

/** The events of the live room: what is wrong, worst first, then what ended lately. */
export default function Feed({
  now,
  selectedId,
  hrefOf,
}: {
  now: Date;
  selectedId: number | null;
  /** The address of this page with a shift selected. */
  hrefOf: (shiftId: number) => string;
}) {
  const { feed, failure } = useAlarms();
  if (!feed) {
    return (
      <EmptyState
        title={failure ?? "Loading the events"}
        action={<Link to={alarmsPath}>Open them on a page of their own</Link>}
      />
    );
  }
  const sorted = sortFeed(feed.open, now);
  const view = {
    now,
    you: feed.you,
    mayRespond: feed.mayRespond,
    selectedId,
    Form: AnswerForm,
    hrefOf: ({ id, shiftId, endedAt }: { id: number; shiftId: number | null; endedAt: Date | null }) =>
      endedAt ? `/live?alarm=${id}` : shiftId === null ? unobservedPath : hrefOf(shiftId),
  };
  return (
    <div data-feed data-watched={feed.isWatched || undefined}>
      <WatchNotice feed={feed} />
      {failure && (
        <p role="status" className="bg-warning-soft px-3 py-2 text-warning">
          {failure}
        </p>
      )}
      {sorted.awakeCount === 0 && feed.isWatched && (
        <EmptyState title="Nothing is wrong">
          {sorted.snoozedCount > 0
            ? "What is snoozed comes back below."
            : "Who is late, absent, silent or off post appears here within seconds."}
        </EmptyState>
      )}
      <AlarmList sorted={sorted} view={view} />
      <h2 className="flex items-baseline justify-between border-b border-line bg-sunken px-3 py-1.5 text-xs font-semibold text-muted">
        Ended in the last 24 hours
        <Link to={alarmsPath} className="font-normal text-accent hover:underline">
          All alarms
        </Link>
      </h2>
      {feed.ended.length === 0 ? (
        <p className="px-3 py-2 text-muted">None.</p>
      ) : (
        <EndedList ended={feed.ended} view={view} />
      )}
    </div>
  );
}
