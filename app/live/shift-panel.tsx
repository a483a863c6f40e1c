import { Link } from "@remix-run/react";
import { X } from "lucide-react";

import { Button, buttonClass } from "~/ui/button";
import { formatSpan } from "~/ui/format-instant";
import { KeyValue } from "~/ui/key-value";
import { LoadingState } from "~/ui/loading-state";
import { StateMark } from "~/ui/state-mark";
import type { JudgedShift } from "./board";
import { CheckinList } from "./checkin-list";
import type { CheckinsOfShift } from "./checkins";
import { explainState, labelState } from "./describe-state";
import { NearLinks } from "./near-links";
import { PlannedBar } from "./planned-bar";

/** Everything the board knows about the selected shift. `judged` is null for a shift that is not on the board. */
export function ShiftPanel({
  shiftId,
  judged,
  now,
  checkins,
  failure,
  onClose,
}: {
  shiftId: number;
  judged: JudgedShift | null;
  now: Date;
  checkins: CheckinsOfShift["checkins"] | null;
  /** Why the check-ins could not be read; null where they could. */
  failure: string | null;
  onClose: () => void;
}) {
  return (
    <section aria-label={`Shift ${shiftId}`} className="flex flex-col gap-4 p-4">
      <header className="flex items-start gap-2.5">
        <span className="pt-0.5">{judged && <StateMark state={judged.state} />}</span>
        <div className="min-w-0 flex-1">
          <h2 className="truncate text-lg font-semibold">
            {judged?.shift.guardName ?? (judged ? "Nobody assigned" : `Shift ${shiftId}`)}
          </h2>
          {judged && <p className="font-medium text-muted">{labelState(judged, now)}</p>}
        </div>
        <Button tone="quiet" size="sm" aria-label="Close the shift" onClick={onClose}>
          <X />
        </Button>
      </header>
      {judged ? (
        <>
          <p role="status">{explainState(judged, now)}</p>
          <PlannedBar {...judged.shift} timeZone={judged.shift.location.timeZone} now={now} />
          <Facts {...judged} />
          <div>
            <h3 className="mb-1 font-semibold">Last check-ins</h3>
            {failure && <p className="text-warning">They could not be read: {failure}</p>}
            {checkins === null && !failure && <LoadingState label="check-ins" rows={3} />}
            {checkins?.length === 0 && <p className="text-muted">None within the shift and 30 minutes around it.</p>}
            {checkins && checkins.length > 0 && (
              <CheckinList
                checkins={checkins}
                radiusMeters={judged.shift.location.radiusMeters}
                timeZone={judged.shift.location.timeZone}
              />
            )}
          </div>
        </>
      ) : (
        <p>Shift {shiftId} does not run within two hours of now, so it is not on the board.</p>
      )}
      <div className="flex flex-wrap gap-2">
        <Link to={`/shifts/${shiftId}`} className={buttonClass()}>
          Open shift {shiftId}
        </Link>
        {judged && <NearLinks shift={judged.shift} />}
      </div>
    </section>
  );
}

function Facts({ shift }: JudgedShift) {
  const { location } = shift;
  return (
    <KeyValue
      entries={[
        { label: "Post", value: shift.post },
        { label: "Location", value: `${location.name}, ${location.city}`, note: `fence ${location.radiusMeters} m` },
        { label: "Client", value: shift.client },
        { label: "Company", value: shift.company },
        { label: "Planned", value: formatSpan(shift.startAt, shift.endAt, location.timeZone) },
        ...(shift.incident ? [{ label: "Incident", value: shift.incident }] : []),
      ]}
    />
  );
}
