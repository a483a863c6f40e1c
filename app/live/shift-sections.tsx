import { Badge, type Severity } from "~/ui/badge";
import { formatEuro } from "~/ui/format";
import { formatInstant } from "~/ui/format-instant";
import { KeyValue } from "~/ui/key-value";
import type { ShiftDetail } from "../../db/live/get-shift-detail";
import type { BoardShift } from "./board";

type Zoned = { timeZone: string };

/** Who has the shift since when, how to reach the guard, and who had it before. */
export function GuardFacts({ detail, timeZone }: { detail: ShiftDetail } & Zoned) {
  const { guard, assignments } = detail;
  const standing = assignments.findLast(({ endedAt }) => endedAt === null);
  const ended = assignments.filter(({ endedAt }) => endedAt !== null);
  const clock = (at: Date) => formatInstant(at, { zone: timeZone });
  return (
    <KeyValue
      entries={[
        ...(guard
          ? [
              {
                label: "Guard",
                value: guard.fullName,
                note: guard.employment === "zzp" ? "self-employed" : "employee",
              },
              {
                label: "Phone",
                value: guard.phone ? (
                  <a href={`tel:${guard.phone.replace(/\s/g, "")}`}>{guard.phone}</a>
                ) : (
                  "none on record"
                ),
              },
              {
                label: "Has it since",
                value: standing?.beganAt ? clock(standing.beganAt) : "not on record",
                note: standing?.beganReason === "reassigned" ? "took it over" : undefined,
              },
            ]
          : [{ label: "Guard", value: "Nobody assigned" }]),
        ...ended.map(({ id, guardName, beganAt, endedAt, endedReason }) => ({
          label: "Before",
          value: `${guardName ?? "Name not on record"}, ${beganAt ? clock(beganAt) : "not on record"} to ${endedAt ? clock(endedAt) : ""}`,
          note: endedReason ?? undefined,
          key: id,
        })),
      ]}
    />
  );
}

export function PlaceFacts({ shift, address }: { shift: BoardShift; address: string | null }) {
  const { location } = shift;
  return (
    <KeyValue
      entries={[
        { label: "Post", value: shift.post },
        { label: "Location", value: location.name, note: `fence ${location.radiusMeters} m` },
        { label: "Address", value: address ? `${address}, ${location.city}` : location.city },
        { label: "Client", value: shift.client },
        { label: "Company", value: shift.company },
      ]}
    />
  );
}

const severities = {
  low: "neutral",
  medium: "notice",
  high: "warning",
  critical: "critical",
} as const satisfies Record<string, Severity>;

/** Every incident of the shift with the instants of what was done; what was not done says so. */
export function IncidentList({ incidents, timeZone }: { incidents: ShiftDetail["incidents"] } & Zoned) {
  const clock = (at: Date | null, none: string) => (at ? formatInstant(at, { zone: timeZone, style: "minute" }) : none);
  return (
    <ul className="m-0 flex list-none flex-col gap-2 p-0">
      {incidents.map(({ id, severity, summary, reportedAt, acknowledgedAt, onSceneAt, closedAt }) => (
        <li key={id}>
          <p className="flex items-start gap-2">
            <Badge severity={severities[severity]}>{severity}</Badge>
            <span className="font-medium">{summary}</span>
          </p>
          <p className="text-xs text-muted">
            reported {clock(reportedAt, "")} · {acknowledgedAt ? "acknowledged " : ""}
            {clock(acknowledgedAt, "nobody acknowledged it")}
            {onSceneAt && ` · on scene ${clock(onSceneAt, "")}`} · {closedAt ? "closed " : ""}
            {clock(closedAt, "open")}
          </p>
        </li>
      ))}
    </ul>
  );
}

/** What is paid for the shift, and how far the payment is. */
export function PaymentList({ payments, timeZone }: { payments: ShiftDetail["payments"] } & Zoned) {
  const clock = (at: Date) => formatInstant(at, { zone: timeZone });
  return (
    <ul className="m-0 flex list-none flex-col gap-1 p-0">
      {payments.map(({ id, guardName, amountEuro, createdAt, approvedAt, paidAt, hasFailed }) => (
        <li key={id} className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium">{formatEuro(amountEuro)}</span>
          <span>
            {paidAt && `paid ${clock(paidAt)}`}
            {!paidAt && approvedAt && `approved ${clock(approvedAt)}`}
            {!paidAt && !approvedAt && `pending since ${clock(createdAt)}`}
          </span>
          {hasFailed && <Badge severity="critical">failed; nobody keeps when</Badge>}
          {guardName && <span className="text-xs text-muted">{guardName}</span>}
        </li>
      ))}
    </ul>
  );
}
