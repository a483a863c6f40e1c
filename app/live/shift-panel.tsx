import { Link } from "@remix-run/react";
import { LocateFixed, LocateOff, X } from "lucide-react";
import type { ReactNode } from "react";

import { Button, buttonClass } from "~/ui/button";
import { LoadingState } from "~/ui/loading-state";
import { Kbd } from "~/ui/shell/kbd";
import { StateMark } from "~/ui/state-mark";
import type { JudgedShift } from "./board";
import { CheckinList } from "./checkin-list";
import type { CheckinsOfShift } from "./checkins";
import { CopyLink } from "./copy-link";
import { explainState, labelState } from "./describe-state";
import { NearLinks } from "./near-links";
import { ReachFacts } from "./reach-facts";
import { GuardFacts, IncidentList, PaymentList, PlaceFacts } from "./shift-sections";
import { writeMoment } from "./time-travel/moment";
import type { DetailReading } from "./use-detail";
import { WorkedBar } from "./worked-bar";

/** The drawer: all about the selected shift at one moment. `judged` is null for a shift that is not on that board. */
export default function ShiftPanel({
  shiftId,
  judged,
  now,
  checkins,
  checkinsFailure,
  reading,
  isFollowed,
  onFollow,
  onClose,
}: {
  shiftId: number;
  judged: JudgedShift | null;
  now: Date;
  checkins: CheckinsOfShift | null;
  /** Why the check-ins could not be read; null where they could. */
  checkinsFailure: string | null;
  reading: DetailReading;
  isFollowed: boolean;
  onFollow: (isFollowed: boolean) => void;
  onClose: () => void;
}) {
  const timeZone = judged?.shift.location.timeZone ?? "Europe/Amsterdam";
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
          <WorkedBar {...judged.shift} worked={checkins?.worked ?? null} timeZone={timeZone} now={now} />
          <Actions {...{ shiftId, now, isFollowed, onFollow }} canFollow={judged.shift.isAssigned} />
          <Detail {...{ reading, judged, timeZone, now }} />
          <Part title="Last check-ins" failure={checkinsFailure} isComing={checkins === null} what="check-ins">
            {checkins && checkins.checkins.length > 0 ? (
              <CheckinList
                checkins={checkins.checkins}
                radiusMeters={judged.shift.location.radiusMeters}
                {...{ timeZone, now }}
              />
            ) : (
              <p className="text-muted">None within the shift and 30 minutes around it.</p>
            )}
          </Part>
        </>
      ) : (
        <p>Shift {shiftId} does not run within two hours of this moment, so it is not on the board.</p>
      )}
      <div className="flex flex-wrap gap-2">
        <Link to={`/shifts/${shiftId}`} className={buttonClass()}>
          Open shift {shiftId}
        </Link>
        {reading.detail?.mayReplace && (
          <Link to={`/shifts/${shiftId}/replace`} aria-keyshortcuts="r" className={buttonClass()}>
            {judged?.shift.isAssigned ? "Replace the guard" : "Find a guard"} <Kbd>r</Kbd>
          </Link>
        )}
        {judged && <NearLinks shift={judged.shift} />}
      </div>
    </section>
  );
}

function Actions({
  shiftId,
  now,
  isFollowed,
  onFollow,
  canFollow,
}: {
  shiftId: number;
  now: Date;
  isFollowed: boolean;
  onFollow: (isFollowed: boolean) => void;
  canFollow: boolean;
}) {
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {(canFollow || isFollowed) && (
        <Button size="sm" aria-pressed={isFollowed} onClick={() => onFollow(!isFollowed)}>
          {isFollowed ? <LocateOff /> : <LocateFixed />} {isFollowed ? "Stop following" : "Follow"}
        </Button>
      )}
      <CopyLink path={() => `/live?shift=${shiftId}`}>Link to live</CopyLink>
      <CopyLink path={() => `/live?at=${writeMoment(now)}&shift=${shiftId}`}>Link to this moment</CopyLink>
    </div>
  );
}

function Detail({
  reading,
  judged,
  timeZone,
  now,
}: {
  reading: DetailReading;
  judged: JudgedShift;
  timeZone: string;
  now: Date;
}) {
  const { detail, failure } = reading;
  return (
    <>
      <Part title="Guard" failure={failure} isComing={!detail} what="the guard">
        {detail && <GuardFacts {...{ detail, timeZone }} />}
      </Part>
      {detail?.reach && judged.shift.startAt > now && (
        <Part title="Reach">
          <ReachFacts reach={detail.reach} now={now} />
        </Part>
      )}
      {detail && detail.incidents.length > 0 && (
        <Part title="Incidents">
          <IncidentList incidents={detail.incidents} timeZone={timeZone} />
        </Part>
      )}
      <Part title="Place">
        <PlaceFacts shift={judged.shift} address={detail?.address ?? null} />
      </Part>
      {detail && (
        <Part title="Payment">
          {detail.payments.length > 0 ? (
            <PaymentList payments={detail.payments} timeZone={timeZone} />
          ) : (
            <p className="text-muted">None yet: it comes with an assignment.</p>
          )}
        </Part>
      )}
    </>
  );
}

/** A part of the drawer: its content, or that it is on its way, or why it is not there. */
function Part({
  title,
  failure = null,
  isComing = false,
  what = "",
  children,
}: {
  title: string;
  failure?: string | null;
  isComing?: boolean;
  what?: string;
  children: ReactNode;
}) {
  return (
    <div>
      <h3 className="mb-1 font-semibold">{title}</h3>
      {failure && <p className="text-warning">This could not be read: {failure}</p>}
      {isComing && !failure ? <LoadingState label={what} rows={3} /> : !isComing && children}
    </div>
  );
}
