import { WifiOff } from "lucide-react";

import { StateMark } from "~/ui/state-mark";
import type { AlarmKind } from "../../../db/rules/live/alarm-kinds";

/** The mark of the state that the alarm is about; an outage is of no shift and has its own. */
export function AlarmMark({ kind }: { kind: AlarmKind }) {
  if (kind !== "outage") return <StateMark state={kind} />;
  return <WifiOff className="size-4 shrink-0 text-mark-vermillion" aria-hidden="true" />;
}
