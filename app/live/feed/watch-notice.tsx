import { SeverityMark } from "~/ui/badge";
import { formatInstant } from "~/ui/format-instant";
import type { AlarmFeed } from "./alarm-feed";

/** Says that nobody judges the board: what is not listed is not known to be well. */
export function WatchNotice({ feed: { isWatched, judgedAt } }: { feed: AlarmFeed }) {
  if (isWatched) return null;
  const since = judgedAt ? `since ${formatInstant(judgedAt, { style: "second" })}` : "yet";
  return (
    <p role="status" className="flex items-center gap-2 bg-critical-soft px-3 py-2 text-critical">
      <SeverityMark severity="critical" />
      <span>The board has not been judged {since}: no worker runs. What is wrong may be missing here.</span>
    </p>
  );
}
