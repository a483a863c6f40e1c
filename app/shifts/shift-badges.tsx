import { Badge, type Severity } from "~/ui/badge";
import type { CheckinVerdict } from "../../db/shifts/checkin-verdict";
import type { ShiftStatus } from "../../db/shifts/shift-filter";

export function StatusBadge({ status }: { status: ShiftStatus }) {
  return <Badge severity={status === "active" ? "notice" : "neutral"}>{status}</Badge>;
}

const severities: Record<CheckinVerdict, Severity> = { inside: "ok", outside: "warning", uncertain: "unknown" };

export function VerdictBadge({ verdict }: { verdict: CheckinVerdict }) {
  return <Badge severity={severities[verdict]}>{verdict}</Badge>;
}
