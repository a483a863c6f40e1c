import { SeverityMark } from "~/ui/badge";
import { formatCount } from "~/ui/format";
import { formatInstant } from "~/ui/format-instant";
import type { AlarmFeed } from "./alarm-feed";

/** Says that the alarms are not those of now, because nobody judges the board, and that more are open than are listed. */
export function WatchNotice({ feed: { isWatched, judgedAt, open, unlistedCount } }: { feed: AlarmFeed }) {
  const told = judgedAt
    ? `These are the alarms of ${formatInstant(judgedAt, { style: "second" })}; the board has not been judged since.`
    : "The board has not been judged yet.";
  return (
    <>
      {!isWatched && (
        <p role="status" className="flex items-center gap-2 bg-critical-soft px-3 py-2 text-critical">
          <SeverityMark severity="critical" />
          <span>{told} What is wrong may be missing here.</span>
        </p>
      )}
      {unlistedCount > 0 && (
        <p role="status" className="flex items-center gap-2 bg-warning-soft px-3 py-2 text-warning">
          <SeverityMark severity="warning" />
          <span>
            The worst {formatCount(open.length)} are listed, {formatCount(unlistedCount)} more are open: find them on
            the board by their state.
          </span>
        </p>
      )}
    </>
  );
}
