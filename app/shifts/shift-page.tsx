import { Link } from "@remix-run/react";
import type { ReactNode } from "react";

import { Badge } from "~/ui/badge";
import { ButtonLink } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { formatCount, formatEuro } from "~/ui/format";
import { formatSpan } from "~/ui/format-instant";
import { KeyValue } from "~/ui/key-value";
import { Page, Section } from "~/ui/page";
import { Age, Time } from "~/ui/time";
import { GuardSection } from "./guard-section";
import { OffersSection } from "./offers-section";
import type { ShiftRead } from "./read-shift.server";
import { StatusBadge, VerdictBadge } from "./shift-badges";
import { TimelineSection } from "./timeline-section";
import type { LoadBasemap } from "./trail";
import { TrailSection } from "./trail-section";
import { WorkSection } from "./work-section";

const listLink = "underline decoration-line-strong hover:decoration-ink";

export function ShiftPage({
  read,
  notice,
  loadBasemap,
  children,
}: {
  read: ShiftRead;
  /** What became of the last change. */
  notice: ReactNode;
  loadBasemap: LoadBasemap;
  /** What was told outside. */
  children: ReactNode;
}) {
  const { shift, lastCheckin, verdicts, incidents, payments, readAt } = read;
  const { location } = shift;
  const zone = location.timeZone;
  const count = verdicts.inside + verdicts.outside + verdicts.uncertain;
  return (
    <Page
      title={`Shift ${shift.id}`}
      description={`${shift.post} at ${location.name}, ${location.city}`}
      age={
        <>
          Read <Age at={readAt} />
        </>
      }
      actions={
        <>
          {read.mayChange && read.isReplaceable && (
            <ButtonLink to={`/shifts/${shift.id}/replace`} tone="primary" aria-keyshortcuts="r">
              {shift.guard ? "Replace the guard" : "Find a guard"}
            </ButtonLink>
          )}
          {isOnBoard(shift, readAt) && <ButtonLink to={`/live?shift=${shift.id}`}>On the live map</ButtonLink>}
          {read.mayShare && <ButtonLink to={`/shifts/${shift.id}/evidence`}>Evidence</ButtonLink>}
          <ButtonLink to="/shifts">All shifts</ButtonLink>
        </>
      }
    >
      {notice}
      <OffersSection read={read} />
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_28rem]">
        <div className="flex min-w-0 flex-col gap-5">
          <Section title="Plan">
            <KeyValue
              entries={[
                { label: "Status", value: <StatusBadge status={shift.status} />, note: shift.cancelReason },
                {
                  label: "Planned",
                  value: `${formatSpan(shift.startAt, shift.endAt, zone)}`,
                  note: <Time at={shift.startAt} zone={zone} style="date" />,
                },
                {
                  label: "Location",
                  value: (
                    <Link to={`/shifts?location=${location.id}`} className={listLink}>
                      {location.name}
                    </Link>
                  ),
                  note: `${location.address}, ${location.city}`,
                },
                { label: "Radius", value: `${location.radiusMeters} m` },
                {
                  label: "Client",
                  value: (
                    <Link to={`/shifts?client=${shift.clientId}`} className={listLink}>
                      {shift.clientName}
                    </Link>
                  ),
                },
                {
                  label: "Company",
                  value: (
                    <Link to={`/shifts?company=${shift.companyId}`} className={listLink}>
                      {shift.companyName}
                    </Link>
                  ),
                },
                { label: "Guards needed", value: formatCount(shift.headcount) },
                {
                  label: "Rate",
                  value: `${formatEuro(shift.hourlyRate)} an hour`,
                  note: `overtime × ${shift.overtimeRate}`,
                },
              ]}
            />
          </Section>
          {count > 0 && <WorkSection shift={shift} work={read.work} readAt={readAt} />}
          <GuardSection read={read} />
          <Section title="Check-ins" note="within the shift and 30 minutes around it; who looks is on record">
            {lastCheckin ? (
              <KeyValue
                entries={[
                  {
                    label: "Last",
                    value: <VerdictBadge verdict={lastCheckin.verdict} />,
                    note: <Age at={lastCheckin.at} zone={zone} />,
                  },
                  { label: "Count", value: formatCount(count) },
                  { label: "Inside", value: formatCount(verdicts.inside) },
                  { label: "Outside", value: formatCount(verdicts.outside) },
                  { label: "Uncertain", value: formatCount(verdicts.uncertain), note: "neither can be proven" },
                ]}
              />
            ) : (
              <EmptyState title="No check-in">The guard has sent nothing for this shift.</EmptyState>
            )}
          </Section>
          <TrailSection shiftId={shift.id} checkinCount={count} loadBasemap={loadBasemap} />
          <Section title="Incidents">
            {incidents.length === 0 ? (
              <p className="text-muted">None was reported.</p>
            ) : (
              <KeyValue
                entries={incidents.map(({ id, severity, summary, reportedAt, closedAt }) => ({
                  label: `${id}`,
                  value: (
                    <span className="inline-flex flex-wrap items-center gap-2">
                      <Badge severity={severity === "low" ? "notice" : severity === "medium" ? "warning" : "critical"}>
                        {severity}
                      </Badge>
                      {summary}
                    </span>
                  ),
                  note: (
                    <>
                      reported <Time at={reportedAt} zone={zone} />, {closedAt ? "closed" : "open"}
                    </>
                  ),
                }))}
              />
            )}
          </Section>
          <Section title="Payment">
            {payments.length === 0 ? (
              <p className="text-muted">No payment has been made for this shift.</p>
            ) : (
              <KeyValue
                entries={payments.map(({ id, amountEuro, status, createdAt }) => ({
                  label: `${id}`,
                  value: (
                    <>
                      {formatEuro(amountEuro)}{" "}
                      <Badge severity={status === "failed" ? "critical" : "neutral"}>{status}</Badge>
                    </>
                  ),
                  note: <Time at={createdAt} zone={zone} />,
                }))}
              />
            )}
          </Section>
          {children}
        </div>
        <TimelineSection events={read.timeline} zone={zone} replay={{ shiftId: shift.id, asOf: readAt }} />
      </div>
    </Page>
  );
}

/** The board holds the shifts within two hours of now. */
function isOnBoard({ startAt, endAt, status }: ShiftRead["shift"], asOf: Date): boolean {
  const nearMs = 2 * 3_600_000;
  return !["draft", "cancelled"].includes(status) && +startAt - nearMs < +asOf && +endAt + nearMs > +asOf;
}
