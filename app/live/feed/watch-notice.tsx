import { SeverityMark } from "~/ui/badge";
import { formatInstant } from "~/ui/format-instant";
import type { AlarmFeed } from "./alarm-feed";

/** Says that the alarms are not those of now: nobody judges the board, or it is being judged what was missed. */
export function WatchNotice({ feed: { isWatched, judgedAt } }: { feed: AlarmFeed }) {
  if (isWatched) return null;
  const told = judgedAt
    ? `These are the alarms of ${formatInstant(judgedAt, { style: "second" })}; the board has not been judged since.`
    : "The board has not been judged yet.";
  return (
    <p role="status" className="flex items-center gap-2 bg-critical-soft px-3 py-2 text-critical">
      <SeverityMark severity="critical" />
      <span>{told} What is wrong may be missing here.</span>
    </p>
  );
}
