import { Badge, type Severity } from "~/ui/badge";
import type { Risk } from "../../db/operation";
import type { RunState } from "../../db/operations/runs/list-runs";

const states: Record<RunState, Severity> = {
  "awaiting approval": "warning",
  queued: "notice",
  running: "notice",
  done: "ok",
  "partly done": "warning",
  failed: "critical",
  cancelled: "neutral",
  lapsed: "neutral",
  interrupted: "critical",
};

export function StateBadge({ state }: { state: RunState }) {
  return <Badge severity={states[state]}>{state}</Badge>;
}

const riskSeverities: Record<Risk, Severity> = {
  low: "neutral",
  medium: "neutral",
  high: "warning",
  critical: "critical",
};

export function RiskBadge({ risk }: { risk: Risk }) {
  return <Badge severity={riskSeverities[risk]}>{risk} risk</Badge>;
}
