import { formatAge } from "~/ui/format";
import { formatInstant } from "~/ui/format-instant";
import { sight } from "../../db/rules/live/presence";
import type { Verdict } from "../../db/rules/live/verdict";
import type { CheckinsOfShift } from "./checkins";
import { explainVerdict } from "./describe-state";

const kinds = { in: "In", ping: "Ping", out: "Out" };
const verdicts: Record<Verdict, string> = {
  inside: "bg-mark-blue",
  outside: "bg-mark-orange",
  uncertain: "border border-dashed border-control",
};

/** Each check-in with what it proves, and why. */
export function CheckinList({
  checkins,
  radiusMeters,
  timeZone,
  now,
}: {
  checkins: CheckinsOfShift["checkins"];
  radiusMeters: number;
  timeZone: string;
  /** The moment that the ages are counted to. */
  now: Date;
}) {
  return (
    <ol className="m-0 list-none p-0">
      {checkins.map((checkin) => {
        const seen = sight(checkin, radiusMeters);
        return (
          <li
            key={checkin.id}
            className="grid grid-cols-[0.5rem_minmax(0,1fr)_auto] gap-x-2 border-b border-line py-1.5 last:border-b-0"
          >
            <span aria-hidden="true" className={`mt-1.5 size-2 rounded-full ${verdicts[seen.verdict]}`} />
            <span>
              <span className="font-medium">
                {kinds[checkin.kind]}, {seen.verdict}
              </span>
              <span className="block text-xs text-muted">{explainVerdict(seen, radiusMeters)}</span>
            </span>
            <span className="text-xs text-muted">
              <time dateTime={seen.at.toISOString()} title={formatInstant(seen.at, { zone: timeZone, style: "full" })}>
                {formatInstant(seen.at, { zone: timeZone, style: "minute" })} ·{" "}
                {formatAge(Math.max(0, (now.getTime() - seen.at.getTime()) / 1000))}
              </time>
            </span>
          </li>
        );
      })}
    </ol>
  );
}
