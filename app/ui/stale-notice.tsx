import { SeverityMark } from "./badge";
import { useNowSeconds } from "./clock";
import { formatAge } from "./format";
import { formatInstant } from "./format-instant";

/** What is shown is old, since when, and why: "Data of 14:02:11 CET, 3 min old. The database does not answer." */
export function StaleNotice({ at, reason, zone }: { at: Date; reason: string; zone?: string }) {
  const now = useNowSeconds();
  const age = now === null ? "" : `, ${formatAge(Math.max(1, now - at.getTime() / 1000))} old`;
  return (
    <p
      role="status"
      className="flex items-center gap-2 rounded-md border border-warning/40 bg-warning-soft px-3 py-2 text-warning"
    >
      <SeverityMark severity="warning" />
      <span>
        Data of <time dateTime={at.toISOString()}>{formatInstant(at, { zone, style: "second" })}</time>
        {age}. {reason}
      </span>
    </p>
  );
}
