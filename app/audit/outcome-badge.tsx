import { Badge, type Severity } from "~/ui/badge";
import type { AuditOutcome } from "../../db/console/list-audit-events";

const severities: Record<AuditOutcome, Severity> = {
  done: "ok",
  refused: "warning",
  failed: "critical",
  intent: "notice",
};

export function OutcomeBadge({ outcome }: { outcome: AuditOutcome }) {
  return <Badge severity={severities[outcome]}>{outcome}</Badge>;
}
