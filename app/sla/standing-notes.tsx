import { formatCount } from "~/ui/format";
import { formatInstant } from "~/ui/format-instant";
import { Age, Time } from "~/ui/time";
import type { SlaCounts } from "../../db/rules/sla/counts";
import type { Standing, Untold } from "../../db/rules/sla/judge-standing";
import type { Period } from "../../db/rules/sla/period";
import { tellPeriod } from "./tell-period";

/** How old the numbers are: up to when all is frozen, and since when the rest is told. */
export function StandingAge({ standing: { frozenUntil, liveAt } }: { standing: Standing }) {
  return (
    <>
      {frozenUntil ? (
        <>
          Frozen up to <Time at={frozenUntil} />
        </>
      ) : (
        "Nothing frozen yet"
      )}
      {liveAt && (
        <>
          {" "}
          · the rest told <Age at={liveAt} />
        </>
      )}
    </>
  );
}

/** "1,204 shifts started in this time: 1,180 frozen, 12 live, 3 of them corrected." */
export function ShiftsTold({ counts: { shifts, liveShifts, correctedShifts } }: { counts: SlaCounts }) {
  const live = liveShifts > 0 ? `${formatCount(liveShifts)} live and not frozen yet` : "all frozen";
  const corrected = correctedShifts > 0 ? `, ${formatCount(correctedShifts)} corrected since they were frozen` : "";
  return (
    <p className="text-muted">
      <strong className="font-semibold text-ink">{formatCount(shifts)}</strong> {shifts === 1 ? "shift" : "shifts"}{" "}
      started in this time: {live}
      {corrected}.
    </p>
  );
}

/** What of the shifts that ended is in no number, a sentence each; `firstDate` is that of the first frozen shift. */
export function describeStanding(
  { untold, isLiveOld, liveAt }: Standing,
  { period, against, firstDate }: { period: Period; against: Period; firstDate: string | null },
): string[] {
  const begins = [period, against].map(({ from }) => from).sort()[0] as string;
  return [
    ...(firstDate && begins < firstDate
      ? [
          `The first shift that is told began on ${tellPeriod({ from: firstDate, until: firstDate })}; days before it count nothing.`,
        ]
      : []),
    ...(untold ? [describeUntold(untold)] : []),
    ...(isLiveOld && liveAt
      ? [`Shifts that are not frozen were told last at ${formatInstant(liveAt)}; the worker has not come by since.`]
      : []),
  ];
}

function describeUntold({ from, until }: Untold): string {
  const since = from ? `between ${formatInstant(from)} and ${formatInstant(until)}` : `before ${formatInstant(until)}`;
  return `Shifts that ended ${since} are not told yet, and are in no number here. The worker goes on with them each hour.`;
}
