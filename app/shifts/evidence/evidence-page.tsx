import { Brand } from "~/ui/brand";
import { formatCount } from "~/ui/format";
import { formatInstant, formatSpan } from "~/ui/format-instant";
import { KeyValue } from "~/ui/key-value";
import { Page, Section } from "~/ui/page";
import { type Column, DataTable } from "~/ui/table";
import { Time } from "~/ui/time";
import { StatusBadge, VerdictBadge } from "../shift-badges";
import { TimelineSection } from "../timeline-section";
import { WorkSection } from "../work-section";
import type { EvidenceRead } from "./read-evidence.server";
import { TrailPlot } from "./trail-plot";

/** One shift for somebody without an account: what was planned, who came, and what proves it. */
export function EvidencePage({ read }: { read: EvidenceRead }) {
  const { link, shift, work, checkins, timeline, readAt } = read;
  const { location } = shift;
  const zone = location.timeZone;
  return (
    <main className="min-h-dvh bg-canvas text-ink">
      <div className="mx-auto max-w-5xl px-4 pt-4 md:px-6">
        <Brand />
      </div>
      <div className="mx-auto max-w-5xl">
        <Page
          title={`Evidence of shift ${shift.id}`}
          description={`${shift.post} at ${location.name}, ${location.city}. For ${link.recipient}.`}
          age={
            <>
              Read {formatInstant(readAt, { zone })}; opens until {formatInstant(link.expiresAt, { zone })}
            </>
          }
        >
          <Section title="Plan">
            <KeyValue
              entries={[
                { label: "Status", value: <StatusBadge status={shift.status} /> },
                {
                  label: "Planned",
                  value: formatSpan(shift.startAt, shift.endAt, zone),
                  note: <Time at={shift.startAt} zone={zone} style="date" />,
                },
                { label: "Location", value: location.name, note: `${location.address}, ${location.city}` },
                { label: "Client", value: shift.clientName },
                { label: "Company", value: shift.companyName },
              ]}
            />
          </Section>
          {checkins.length > 0 && <WorkSection shift={shift} work={work} readAt={readAt} />}
          <TimelineSection events={timeline} zone={zone} />
          <Positions read={read} />
          <p className="max-w-prose text-xs text-muted">
            Inside: the position with its accuracy lies within the fence. Outside: it lies beyond it with its accuracy.
            Uncertain: the accuracy reaches over the fence, so it proves neither. Check-ins are shown from 30 minutes
            before the start to 30 minutes after the end, positions from start to end alone.
          </p>
        </Page>
      </div>
    </main>
  );
}

function Positions({ read: { fence, positions, checkins, shift } }: { read: EvidenceRead }) {
  const zone = shift.location.timeZone;
  if (checkins.length === 0) {
    return (
      <Section title="Check-ins">
        <p className="text-muted">No check-in came in for this shift.</p>
      </Section>
    );
  }
  const columns: Column<EvidenceRead["checkins"][number]>[] = [
    { id: "at", header: "Time", cell: ({ at }) => <Time at={at} zone={zone} style="stamp" /> },
    { id: "kind", header: "Kind", cell: ({ kind }) => kind },
    { id: "verdict", header: "Verdict", isFilling: true, cell: ({ verdict }) => <VerdictBadge verdict={verdict} /> },
    {
      id: "accuracy",
      header: "Accuracy",
      align: "end",
      cell: ({ accuracyMeters }) => (accuracyMeters === null ? "none given" : `± ${Math.round(accuracyMeters)} m`),
    },
  ];
  return (
    <Section title="Check-ins" note={`${formatCount(checkins.length)}, times in ${zone}`}>
      <div className="grid items-start gap-4 md:grid-cols-[minmax(0,24rem)_minmax(0,1fr)]">
        {positions.length > 0 ? (
          <TrailPlot fence={fence} positions={positions} />
        ) : (
          <p className="text-muted">No position between start and end.</p>
        )}
        <div className="max-h-96 overflow-y-auto rounded-md border border-line print:max-h-none">
          <DataTable caption="Check-ins" rows={checkins} columns={columns} rowId={({ id }) => id} empty={null} />
        </div>
      </div>
    </Section>
  );
}
