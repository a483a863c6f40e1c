import { clsx } from "clsx";

import type { Change } from "../../db/rules/sla/judge-change";
import { tellChange } from "./tell-share";

/** How a number differs, in words; what chance or uncertainty may have made is not coloured. */
export function ChangeNote({ change }: { change: Change | null }) {
  if (!change) return <span className="text-muted">too few to compare</span>;
  const { direction, doubt } = change;
  return (
    <span
      className={clsx(
        direction === "same" || doubt ? "text-muted" : direction === "worse" ? "text-critical" : "text-ok",
      )}
    >
      {direction !== "same" && <span aria-hidden="true">{change.points > 0 ? "▲ " : "▼ "}</span>}
      {tellChange(change)}
    </span>
  );
}
